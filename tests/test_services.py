"""Services are asked within limits, what they answer is checked, and all is said beforehand."""

import contextlib
import json
import socket
import threading
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import geopandas as gpd
import pytest
from helpers import in_dutch
from shapely import LineString, box

import ipgtools as ipg
from ipgtools import cli, geocoder
from ipgtools.errors import ServiceError, SettingsError
from ipgtools.nl import schouw_notes
from ipgtools.nl import services as nl
from ipgtools.services import areas, http, locatieserver, wfs

QUICK = {"timeout": 2, "retries": 1, "pause": 0}
DOC = {
    "id": "adr-1", "type": "adres", "weergavenaam": "Oostveenweg 52, 7533VL Enschede",
    "straatnaam": "Oostveenweg", "huisnummer": 52, "postcode": "7533VL",
    "woonplaatsnaam": "Enschede", "gemeentecode": "0153", "buurtcode": "BU01530100",
    "centroide_ll": "POINT(6.91 52.22)", "centroide_rd": "POINT(259600 471300)", "score": 5.88,
}  # fmt: skip


class Quiet(ThreadingHTTPServer):
    """A server that doesn't print when who asked hangs up."""

    def handle_error(self, request, client_address):
        pass


class Service:
    """A server on this machine; `answer(path, params)` gives (status, body) or more headers."""

    def __init__(self, answer):
        self.answer, self.asked = answer, []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                parts = urllib.parse.urlsplit(self.path)
                params = dict(urllib.parse.parse_qsl(parts.query))
                outer.asked.append((parts.path, params))
                status, body, *headers = outer.answer(parts.path, params)
                body = body if isinstance(body, bytes) else json.dumps(body).encode()
                self.send_response(status)
                for name, value in dict(*headers).items():
                    self.send_header(name, value)
                if not any("Content-Length" in each for each in headers):
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args):
                pass

        self.server = Quiet(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self.server.server_port}/service"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def serve(monkeypatch):
    """Start services, and stop them; no proxy stands between."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    started = []

    def start(answer):
        started.append(Service(answer))
        return started[-1]

    yield start
    for service in started:
        service.close()


def places(*docs):
    """Answer as the Locatieserver does, and refuse parameters it doesn't know."""

    def answer(path, params):
        if unknown := set(params) - {"q", "fq", "rows"}:
            return 400, {"message": f"unknown parameter {', '.join(unknown)}"}
        assert path == "/service/free"
        return 200, {"response": {"numFound": len(docs), "start": 0, "docs": list(docs)}}

    return answer


def ask(service, *asked, city="Enschede", **options):
    """Ask the service for an address."""
    return locatieserver.find(*asked, city=city, base=service.base, **QUICK | options)


def test_an_address_comes_back_with_its_point(serve):
    """Street, number and town go out, nothing else; the service's own score counts for nothing."""
    service = serve(places(DOC))
    answer = ask(service, "Oostveenweg", 52)
    assert (answer.reason, answer.lon, answer.lat, answer.score) == ("found", 6.91, 52.22, 0.95)
    assert service.asked == [
        ("/service/free", {"q": "Oostveenweg 52, Enschede", "fq": "type:adres", "rows": "5"})
    ]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"woonplaatsnaam": "Hengelo"}, "other_city"),
        ({"straatnaam": "Oosterweg"}, "other_street"),
        ({"huisnummer": 54}, "other_number"),
        ({"centroide_ll": "POINT(x y)"}, "no_point"),
        ({"centroide_ll": None}, "no_point"),
        ({"centroide_ll": "POINT(6.9.1 52.2)"}, "no_point"),
        ({"centroide_ll": "POINT(0 0)"}, "no_point"),
        ({"centroide_ll": "POINT(52.22 6.91)"}, "no_point"),
    ],
)
def test_what_was_not_asked_for_is_not_used(serve, changed, reason):
    """The service always finds something; only the same street, number and town count."""
    answer = ask(serve(places({**DOC, **changed})), "Oostveenweg", 52)
    assert (answer.reason, answer.lon) == (reason, None)
    assert nl.place(answer.reason, "Oostveenweg")


def test_a_document_without_a_point_gives_way_to_one_with(serve):
    """Of two that are what was asked for the one that says where it is serves."""
    answer = ask(serve(places({**DOC, "centroide_ll": None}, DOC)), "Oostveenweg", 52)
    assert (answer.reason, answer.lon) == ("found", 6.91)


def test_names_of_streets_and_towns_may_be_spelled_as_people_do(serve):
    """*Burg.* is burgemeester, and Den Bosch has a longer name at the Kadaster."""
    doc = {**DOC, "straatnaam": "Burgemeester Edolaan", "woonplaatsnaam": "'s-Hertogenbosch"}
    answer = ask(serve(places(doc)), "Burg. Edolaan", 52, city="Den Bosch")
    assert answer.street == "Burgemeester Edolaan"


def test_a_street_of_another_kind_is_another_street(serve):
    """A *pad* is no *weg*, however long the name before it."""
    doc = {**DOC, "straatnaam": "Molenbeekerpad"}
    assert ask(serve(places(doc)), "Molenbeekerweg", 52).reason == "other_street"


def test_a_misspelt_street_is_taken_for_a_lower_score(serve):
    """One letter of eleven is a slip; the score says so."""
    answer = ask(serve(places(DOC)), "Oostveeweg", 52)
    assert answer.street == "Oostveenweg"
    assert 0.8 < answer.score < 0.95


def test_the_letter_chooses_and_its_lack_is_told(serve):
    """52b among 52a and 52b; 52c is one of them."""
    service = serve(places({**DOC, "huisletter": "A"}, {**DOC, "huisletter": "B", "id": "b"}))
    assert ask(service, "Oostveenweg", 52, "b").reason == "found"
    assert ask(service, "Oostveenweg", 52, "c").reason == "no_suffix"


def test_nothing_found_is_said(serve):
    """An empty list is an answer."""
    assert ask(serve(places()), "Oostveenweg", 52).reason == "nothing"


def failing(status, body, headers=None):
    """Answer the same fault each time."""
    return lambda *_: (status, body, headers or {})


@pytest.mark.parametrize(
    ("answer", "code", "tries"),
    [
        (failing(400, {"message": "unknown parameter foo"}), "service_refused", 1),
        (failing(404, b"<html>nee</html>"), "service_refused", 1),
        (failing(429, b"", {"Retry-After": "0"}), "service_busy", 2),
        (failing(503, b"onderhoud"), "service_busy", 2),
        (failing(200, b'{"response": {"docs": ['), "service_answer", 1),
        (failing(200, b"[" * 100_000), "service_answer", 1),
        (failing(200, {"response": {"docs": "nee"}}), "service_answer", 1),
        (failing(200, {"docs": []}), "service_answer", 1),
        (failing(200, b" " * 2_000_000), "service_answer", 1),
        (failing(200, b"{", {"Content-Length": "9"}), "service_unreachable", 2),
        (failing(200, b"{", {"Content-Length": "\xb2"}), "service_answer", 1),
        (failing(429, b"", {"Retry-After": "\xb2"}), "service_busy", 2),
        (failing(400, b"<ServiceException " * 3_000), "service_refused", 1),
        (failing(302, b"", {"Location": "http://elders.example/"}), "service_answer", 1),
    ],
)
def test_each_fault_of_a_service_has_its_message(serve, answer, code, tries):
    """Refusals aren't tried again, busy services are, and a coach can read what happened."""
    service = serve(answer)
    with pytest.raises(ServiceError) as caught:
        ask(service, "Oostveenweg", 52)
    assert caught.value.code == code
    assert len(service.asked) == tries
    assert "127.0.0.1" in in_dutch(caught)


def test_a_refusal_says_why(serve):
    """In the service's own words, cut short and without odd signs."""
    service = serve(failing(400, {"message": "unknown\x1b[31m parameter " + "x" * 999}))
    with pytest.raises(ServiceError, match="unknown") as caught:
        http.get(service.base, {"q": "a"}, **QUICK)
    assert len(caught.value.facts["reason"]) <= 200
    assert "\x1b" not in caught.value.facts["reason"]


def test_a_service_that_says_nothing_is_not_waited_for(serve):
    """Two tries of a fifth of a second each."""
    silent = threading.Event()
    service = serve(lambda *_: (silent.wait(5), (200, {}))[1])
    with pytest.raises(ServiceError) as caught:
        http.get(service.base, {}, timeout=0.2, retries=1, pause=0)
    silent.set()
    assert caught.value.facts["reason"] == nl.REASONS["timeout"]


def test_a_service_that_drips_is_not_waited_for_either():
    """A header a moment keeps a connection busy for ever; the time is for all of it."""
    listener = socket.create_server(("127.0.0.1", 0))

    def drip():
        connection, _ = listener.accept()
        with connection, contextlib.suppress(OSError):
            connection.sendall(b"HTTP/1.1 200 OK\r\n")
            for _ in range(100):
                connection.sendall(b"X-Wait: yes\r\n")
                time.sleep(0.05)

    threading.Thread(target=drip, daemon=True).start()
    base = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    with pytest.raises(ServiceError) as caught:
        http.get(base, {}, timeout=0.3, retries=0)
    listener.close()
    assert caught.value.facts["reason"] == nl.REASONS["timeout"]


@pytest.mark.parametrize("to", ["http://[bad", "http://example.org/", "https://127.0.0.1.example/"])
def test_a_redirection_elsewhere_is_not_followed(serve, to):
    """What is asked may be an address; and an address that is none is no traceback."""
    service = serve(lambda *_: (302, b"", {"Location": to}))
    with pytest.raises(ServiceError) as caught:
        http.get(service.base, {}, **QUICK)
    assert caught.value.facts["reason"] == nl.REASONS["elsewhere"]


def test_a_computer_without_service_refuses_the_connection(serve):
    """The port was just given back."""
    service = serve(places())
    service.close()
    with pytest.raises(ServiceError) as caught:
        ask(service, "Oostveenweg", 52)
    assert caught.value.facts["reason"] == nl.REASONS["refused"]


@pytest.mark.parametrize("base", ["api.pdok.nl", "ftp://a.nl", "file:///etc/passwd", "", "http://"])
def test_only_web_addresses_are_asked(base):
    """Nothing is read from files or other protocols."""
    with pytest.raises(ServiceError) as caught:
        http.get(base, {})
    assert caught.value.code == "service_address"


def test_a_busy_service_is_asked_again_and_answers(serve):
    """The second answer counts."""
    busy = iter([(503, b""), (200, {"ok": True})])
    assert http.get_json(serve(lambda *_: next(busy)).base, {}, **QUICK) == {"ok": True}


STREETS = gpd.GeoDataFrame(
    {"street_id": ["1", "2"], "street_name": ["Oostveenweg", "Pluimstraat"]},
    geometry=[
        LineString([(259500, 471000), (259500, 471400)]),
        LineString([(259400, 471300), (259600, 471300)]),
    ],
    crs=28992,
)
TEXTS = [
    "Oostveenweg 52", "Pluimstraat hoek Oostveenweg", "Pluimstraat", "Dostveenweg t.o. nr. 52",
    "Achter de schuur van mevrouw Jansen", "Familie De Vries 12",
    "Lindenlaan 3 bij de familie De Vries", None,
]  # fmt: skip


def test_only_addresses_the_gazetteer_lacks_are_sent(serve):
    """Never the words around them, nor a corner or a street that is known."""
    service = serve(places(DOC))
    found = geocoder.geocode(TEXTS, STREETS)
    filled = locatieserver.fill(found, city="Enschede", base=service.base, **QUICK)
    assert {params["q"] for _, params in service.asked} == {
        "Oostveenweg 52, Enschede",
        "Lindenlaan 3, Enschede",
    }
    assert filled["precision"].tolist()[:4] == ["adres", "kruispunt", "straat", "adres"]
    assert filled["location_score"].tolist()[0] == 0.95
    place = gpd.GeoSeries(gpd.points_from_xy([6.91], [52.22]), crs=4326).to_crs(28992).iloc[0]
    assert filled.geometry.iloc[0].distance(place) < 0.01
    assert "andere straat" in filled["reason"].iloc[6]
    told = filled.attrs["locatieserver"]
    assert (told["n_asked"], told["n_found"], told["n_not_asked"]) == (2, 1, 0)
    assert found["precision"].iloc[0] == "straat"


def test_a_place_is_asked_for_in_the_town_it_names(serve):
    """The town that is usual doesn't make an address of Hengelo one of Enschede."""
    service = serve(places(DOC))
    found = geocoder.geocode(["Lindenlaan 3 te Hengelo"], STREETS, city="Enschede")
    filled = locatieserver.fill(found, city="Enschede", base=service.base, **QUICK)
    assert [params["q"] for _, params in service.asked] == ["Lindenlaan 3, Hengelo"]
    assert filled.geometry.isna().all()


def test_after_a_failure_nothing_more_is_sent(serve):
    """The rows stay as the gazetteer left them, and are counted."""
    service = serve(failing(503, b""))
    found = geocoder.geocode(["Oostveenweg 52", "Pluimstraat 3", "Pluimstraat 5"], STREETS)
    filled = locatieserver.fill(found, city="Enschede", base=service.base, **QUICK)
    told = filled.attrs["locatieserver"]
    assert (told["n_asked"], told["n_not_asked"], len(service.asked)) == (1, 2, 2)
    assert told["failed"] == "503"
    assert filled["precision"].eq("straat").all()


def test_what_was_asked_before_is_kept(serve, tmp_path):
    """The second run asks nothing; a broken file is no cache."""
    service, cache = serve(places(DOC)), tmp_path / "adressen.json"
    cache.write_text("{kapot")
    found = geocoder.geocode(["Oostveenweg 52"], STREETS)
    options = {"city": "Enschede", "base": service.base, "cache": cache, **QUICK}
    first = locatieserver.fill(found, **options)
    again = locatieserver.fill(found, **options)
    assert len(service.asked) == 1
    assert first.geometry.iloc[0].equals(again.geometry.iloc[0])


def test_switching_it_on_says_what_leaves_and_to_whom():
    """Street, number, town; to PDOK, or to the host that was set."""
    said = str(schouw_notes.leaves("api.pdok.nl"))
    assert all(word in said for word in ("straat", "huisnummer", "woonplaats", "Kadaster", "PDOK"))
    assert "Kadaster" not in str(schouw_notes.leaves("intern.example"))


TOWNS = {"GM0153": "Enschede", "GM0164": "Hengelo", "GM0228": "Ede", "GM0518": "'s-Gravenhage"}


def feature(code, name, x=0, **fields):
    """Make a square area of the service."""
    shape = box(257000 + x, 471000, 257100 + x, 471100)
    geometry = json.loads(gpd.GeoSeries([shape]).to_json())["features"][0]["geometry"]
    return {
        "type": "Feature", "id": code, "geometry": geometry,
        "properties": {"statcode": code, "statnaam": name, **fields},
    }  # fmt: skip


LAYERS = {
    "gebiedsindelingen:gemeente_gegeneraliseerd": [feature(c, n) for c, n in TOWNS.items()],
    "gebiedsindelingen:wijk_gegeneraliseerd": [
        *(feature(f"WK0153{at:02d}", f"Wijk {at:02d}", 100 * at) for at in range(3)),
        feature("WK016401", "Wijk 01"),
    ],
    "gebiedsindelingen:buurt_gegeneraliseerd": [
        *(feature(f"BU015300{at:02d}", f"Buurt {at}", 100 * at) for at in range(7)),
        feature("BU01640100", "Elders"),
    ],
}


def wfs_of(layers, *, filters=True, total=True, most=10**6):
    """Answer as PDOK's WFS does."""

    def answer(path, params):
        assert params["request"] == "GetFeature"
        assert params["srsName"] == "EPSG:28992"
        rows = layers[params["typeNames"]]
        if "filter" in params:
            if not filters:
                report = "<ows:ExceptionReport><ows:Exception><ows:ExceptionText>geen filter"
                return 400, f"{report}</ows:ExceptionText></ows:Exception>".encode()
            pattern = params["filter"].partition("Literal>")[2].partition("<")[0].rstrip("*")
            rows = [row for row in rows if row["id"].startswith(pattern)]
        start, count = int(params["startIndex"]), min(int(params["count"]), most)
        page = {"type": "FeatureCollection", "features": rows[start : start + count]}
        return 200, page | ({"numberMatched": len(rows)} if total else {})

    return answer


def fetch(service, gemeente="Enschede", **options):
    """Fetch from the service."""
    return areas.fetch(gemeente, year=2024, base=service.base, **QUICK | options)


@pytest.mark.parametrize(
    "gemeente", ["Enschede", "enschede", "GM0153", "0153", "153", "gemeente Enschede"]
)
def test_wijken_and_buurten_of_a_gemeente_are_fetched(serve, gemeente):
    """Those of the gemeente and no others, with their parents."""
    fetched = fetch(serve(wfs_of(LAYERS)), gemeente)
    assert (fetched.code, fetched.name) == ("GM0153", "Enschede")
    assert fetched.tables["wijk"]["wijkcode"].tolist() == ["WK015300", "WK015301", "WK015302"]
    assert len(fetched.tables["buurt"]) == 7
    assert set(fetched.tables["buurt"]["wijknaam"]) == {"Wijk 00"}


@pytest.mark.parametrize("total", [True, False])
@pytest.mark.parametrize("page", [1, 2, 7, 8, 1000])
def test_pages_add_up_whatever_their_size(serve, page, total):
    """Seven buurten in pages of one, two, seven, eight: always the same seven."""
    fetched = fetch(serve(wfs_of(LAYERS, total=total)), page=page)
    assert fetched.tables["buurt"]["buurtcode"].tolist() == [f"BU015300{at:02d}" for at in range(7)]


def test_a_service_that_gives_fewer_a_page_than_asked_is_read_to_the_end(serve):
    """It says how many there are in all."""
    assert len(fetch(serve(wfs_of(LAYERS, most=3))).tables["buurt"]) == 7


def test_a_service_that_cannot_filter_is_read_whole(serve):
    """The other gemeente's areas are left out here."""
    service = serve(wfs_of(LAYERS, filters=False))
    assert len(fetch(service).tables["buurt"]) == 7
    assert sum("filter" not in params for _, params in service.asked) == 3


@pytest.mark.parametrize("level", ["buurt", "wijk"])
def test_the_file_is_read_back_as_areas(serve, tmp_path, level):
    """What was fetched is what `read_areas` gives."""
    fetched = fetch(serve(wfs_of(LAYERS)))
    path = areas.write(fetched, tmp_path / "gebieden.gpkg")
    table, report = ipg.read_areas(path, level=level)
    assert report.n_rejected == 0
    assert table["area_code"].tolist() == fetched.tables[level][f"{level}code"].tolist()
    assert table["level"].eq(level).all()
    parent = {"buurt": "WK015300", "wijk": "GM0153"}[level]
    assert table["parent_code"].eq(parent).all()
    assert table["indeling_jaar"].eq(2024).all()
    assert table["inhabitants"].isna().all()
    assert table.area.sum() == pytest.approx(len(table) * 10_000)


def test_the_larger_map_knows_inhabitants_and_leaves_water_out(serve, tmp_path):
    """Fields by their names there; a number that means unknown is missing."""

    def row(level, code, name, x=0, **fields):
        own = {f"{level}code": code, f"{level}naam": name, "gemeentecode": "GM0153", **fields}
        made = feature(code, name, x)
        return {**made, "properties": own, "id": "GM0153"}

    layers = {
        "wijkenbuurten:gemeenten": [
            row("gemeente", "GM0153", "Enschede", water="NEE"),
            row("gemeente", "GM0153", "Enschede", water="JA"),
        ],
        "wijkenbuurten:wijken": [row("wijk", "WK015300", "Wijk 00", aantalInwoners=1200)],
        "wijkenbuurten:buurten": [
            row("buurt", "BU01530000", "City", water="NEE", aantalInwoners=1195),
            row("buurt", "BU01530001", "Kom", 100, water="NEE", aantalInwoners=-99997),
            row("buurt", "BU01530099", "Water", 200, water="JA", aantalInwoners=0),
        ],
    }
    fetched = fetch(serve(wfs_of(layers)), inhabitants=True)
    table, _ = ipg.read_areas(areas.write(fetched, tmp_path / "a.gpkg"), level="buurt")
    assert table["area_name"].tolist() == ["City", "Kom"]
    assert table["inhabitants"].tolist()[0] == 1195
    assert table["inhabitants"].isna().tolist() == [False, True]
    assert "Inwonertallen voor 2 gebieden; 1 zonder" in fetched.lines()


def test_what_was_fetched_is_said_with_its_credit(serve):
    """From where, under which licence, and what it lacks."""
    first, people, credit = fetch(serve(wfs_of(LAYERS))).lines()
    assert first == (
        "3 wijken en 7 buurten van Enschede (GM0153), indeling 2024, opgehaald van 127.0.0.1"
    )
    assert "--inwoners" in people
    assert "CC BY 4.0" in credit


def test_a_gemeente_is_known_by_the_name_people_use(serve):
    """Who asks for Den Haag means 's-Gravenhage, however its signs are written."""
    service = serve(wfs_of(LAYERS))
    for asked in ("Den Haag", "'s-Gravenhage", "s Gravenhage"):
        with pytest.raises(ServiceError) as caught:
            fetch(service, asked)
        assert (caught.value.code, caught.value.facts["found"]) == ("areas_none", "'s-Gravenhage")


@pytest.mark.parametrize(
    ("asked", "meant"), [("Enschde", "Enschede"), ("Henglo", "Hengelo"), ("Xqzw", "Controleer")]
)
def test_an_unknown_gemeente_is_answered_with_close_names(serve, asked, meant):
    """Or with the advice to look at the name."""
    with pytest.raises(ServiceError) as caught:
        fetch(serve(wfs_of(LAYERS)), asked)
    assert caught.value.code == "gemeente_unknown"
    assert meant in in_dutch(caught)


def test_without_a_network_the_message_says_what_to_do(serve):
    """Where else the map can be had, and what to do with it."""
    service = serve(wfs_of(LAYERS))
    service.close()
    with pytest.raises(ServiceError) as caught:
        fetch(service)
    said = in_dutch(caught)
    assert all(word in said for word in ("internet", "CBS", "Wijk- en buurtkaart 2024", "ipg.toml"))


REPORT = b"<?xml version='1.0'?><ows:ExceptionReport><ows:ExceptionText>laag bestaat niet</ows:ExceptionText></ows:ExceptionReport>"  # noqa: E501


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (failing(200, REPORT), "service_refused"),
        (failing(500, REPORT), "service_refused"),
        (failing(200, b'{"type": "FeatureCollection", "features": [{"type"'), "service_answer"),
        (failing(200, {"type": "FeatureCollection"}), "service_answer"),
        (failing(200, {"features": [1, 2]}), "service_answer"),
        (failing(200, {"features": [feature("GM0153", "Enschede")] * 2, "numberMatched": 9}),
         "service_answer"),
        (failing(200, {"features": [], "numberMatched": 9}), "service_answer"),
        (failing(200, {"features": [{**feature("GM1", "a"), "properties": {"x": 1}}]}),
         "service_answer"),
        (failing(200, {"features": []}), "gemeente_unknown"),
    ],
)  # fmt: skip
def test_a_service_that_lacks_areas_is_not_believed(serve, answer, code):
    """Exceptions in XML, cut-off pages, the same page again, fewer rows than announced."""
    with pytest.raises(ServiceError) as caught:
        fetch(serve(answer), page=2)
    assert caught.value.code == code
    assert in_dutch(caught)


@pytest.mark.parametrize(
    ("geometry", "reason"),
    [
        ({"type": "Polygon", "coordinates": "x"}, "not_features"),
        ({"type": "Blob", "coordinates": [1]}, "not_features"),
        ({"coordinates": []}, "not_features"),
        (None, "no_surface"),
        ({"type": "Polygon", "coordinates": []}, "no_surface"),
        ({"type": "Point", "coordinates": [257000, 471000]}, "no_surface"),
    ],
)
def test_an_area_without_borders_is_not_left_out_silently(serve, geometry, reason):
    """Six of seven buurten are no map of the gemeente."""
    layer = "gebiedsindelingen:buurt_gegeneraliseerd"
    rows = [
        {**row, "geometry": geometry} if at == 2 else row for at, row in enumerate(LAYERS[layer])
    ]
    with pytest.raises(ServiceError) as caught:
        fetch(serve(wfs_of({**LAYERS, layer: rows})))
    assert caught.value.facts["reason"] == nl.REASONS[reason]


def test_pages_that_overlap_are_not_believed(serve):
    """A service that sorts otherwise each time gives one buurt twice and another never."""
    layer = "gebiedsindelingen:buurt_gegeneraliseerd"
    rows = [LAYERS[layer][at] for at in (0, 1, 2, 2, 4, 5, 6, 7)]
    with pytest.raises(ServiceError) as caught:
        fetch(serve(wfs_of({**LAYERS, layer: rows})), page=3)
    assert caught.value.facts["reason"] == nl.REASONS["double"]


def test_a_year_that_the_service_does_not_have_is_said(serve):
    """Not found is not refused: another year is what helps."""
    with pytest.raises(ServiceError) as caught:
        fetch(serve(failing(404, b"<html>not found</html>")))
    assert "ander jaar" in in_dutch(caught)


def test_an_area_without_a_name_is_called_by_its_code(serve):
    """Rather than *None*."""
    layer = "gebiedsindelingen:buurt_gegeneraliseerd"
    rows = [feature(row["id"], None, 100 * at) for at, row in enumerate(LAYERS[layer])]
    fetched = fetch(serve(wfs_of({**LAYERS, layer: rows})))
    assert fetched.tables["buurt"]["buurtnaam"][0] == "BU01530000"


def test_a_gemeente_without_buurten_is_an_error(serve):
    """A year that the service doesn't have in full."""
    layers = {**LAYERS, "gebiedsindelingen:buurt_gegeneraliseerd": []}
    with pytest.raises(ServiceError) as caught:
        fetch(serve(wfs_of(layers)))
    assert caught.value.code == "areas_none"


def test_degrees_are_brought_into_metres(serve):
    """A service that answers in degrees all the same is understood."""
    rows = json.loads(
        gpd.GeoDataFrame({"a": [1]}, geometry=[box(6.88, 52.2, 6.9, 52.3)], crs=4326).to_json()
    )
    found = wfs.features(serve(failing(200, rows)).base, "laag", **QUICK)
    assert found.crs == "EPSG:28992"
    assert 250_000 < found.total_bounds[0] < 270_000


def test_a_broken_fetch_leaves_the_older_file(serve, tmp_path, monkeypatch):
    """Whole or not at all."""
    fetched, path = fetch(serve(wfs_of(LAYERS))), tmp_path / "a.gpkg"
    areas.write(fetched, path)
    before = path.read_bytes()
    fetched.tables["wijk"] = "geen tabel"
    with pytest.raises(AttributeError):
        areas.write(fetched, path)
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["a.gpkg"]


def test_the_command_fetches_writes_and_tells(serve, tmp_path, capsys, monkeypatch):
    """`ipgtools areas` makes a file with a name of its own, and says how to use it."""
    monkeypatch.chdir(tmp_path)
    service = serve(wfs_of(LAYERS))
    base = service.base.replace("/service", "/{jaar}/wfs")
    assert cli.run(["areas", "--gemeente", "Enschede", "--jaar", "2024", "--bron", base]) == 0
    said = capsys.readouterr().out
    assert "3 wijken en 7 buurten" in said
    assert 'areas = "gebieden_enschede_2024.gpkg"' in said
    assert {path for path, _ in service.asked} == {"/2024/wfs"}
    assert len(ipg.read_areas(tmp_path / "gebieden_enschede_2024.gpkg", level="buurt")[0]) == 7


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--gemeente", "Enschde"], "Bedoelt u Enschede"),
        (["--gemeente", "Enschede", "--uit", "a.shp"], "op .gpkg eindigt"),
    ],
)
def test_the_command_says_in_dutch_what_to_mend(
    serve, tmp_path, capsys, monkeypatch, arguments, said
):
    """Without a traceback, with exit code 2, and without a file."""
    monkeypatch.chdir(tmp_path)
    service = serve(wfs_of(LAYERS))
    assert cli.run(["areas", "--jaar", "2024", "--bron", service.base, *arguments]) == 2
    assert said in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


SCHOUW = """nr;adres;omschrijving;actie door
1;Oostveenweg 52;Heg groeit over de stoep bij Jansen;Stadsdeelbeheer: snoeien
2;Pluimstraat hoek Oostveenweg;Zwerfafval;Stadsdeelbeheer: opruimen
"""


def test_a_schouw_is_read_with_the_service_and_says_so(serve, tmp_path):
    """What left, to whom, how much came of it; the description stays here."""
    path = tmp_path / "schouw.csv"
    path.write_text(SCHOUW)
    service = serve(places(DOC))
    findings, _, report = ipg.read_schouw(
        path, STREETS, city="Enschede", locatieserver=service.base
    )
    assert findings["location_precision"].tolist() == ["adres", "kruispunt"]
    assert [params["q"] for _, params in service.asked] == ["Oostveenweg 52, Enschede"]
    notes = " ".join(report.notes)
    assert "er gaan adressen over het internet" in notes
    assert "1 adres opgevraagd bij 127.0.0.1" in notes
    assert report.details["locatieserver"]["n_found"] == 1


def test_a_schouw_without_streets_can_ask_the_service_alone(serve, tmp_path):
    """Corners stay without a point."""
    path = tmp_path / "schouw.csv"
    path.write_text(SCHOUW)
    findings, _, _ = ipg.read_schouw(path, city="Enschede", locatieserver=serve(places(DOC)).base)
    assert findings.geometry.notna().tolist() == [True, False]


def test_a_schouw_whose_service_fails_is_read_all_the_same(serve, tmp_path):
    """The findings stay as our own files have them, and the report says why."""
    path = tmp_path / "schouw.csv"
    path.write_text(SCHOUW)
    service = serve(failing(400, {"message": "onbekende parameter"}))
    findings, _, report = ipg.read_schouw(
        path, STREETS, city="Enschede", locatieserver=service.base
    )
    assert findings["location_precision"].tolist() == ["straat", "kruispunt"]
    assert "gaf geen bruikbaar antwoord (onbekende parameter)" in " ".join(report.notes)


def test_nothing_is_asked_unless_it_is_switched_on(tmp_path, monkeypatch):
    """Reading a schouw, photos and places opens no connection."""

    def refuse(*_, **__):
        raise AssertionError

    monkeypatch.setattr("urllib.request.OpenerDirector.open", refuse)
    monkeypatch.setattr("socket.socket.connect", refuse)
    path = tmp_path / "schouw.csv"
    path.write_text(SCHOUW)
    assert len(ipg.read_schouw(path, STREETS, city="Enschede")[0]) == 2


GIVEN = {
    "input": {"incidents": "weg.csv", "areas": "weg.gpkg", "schouw": "weg.csv"},
    "period": {"start": "2025-01-01", "end": "2025-02-01"},
}


def test_the_setting_needs_a_town():
    """A street alone is in many towns."""
    with pytest.raises(SettingsError) as caught:
        ipg.Settings.of({**GIVEN, "gazetteer": {"locatieserver": locatieserver.BASE}})
    assert "woonplaats" in in_dutch(caught)
    assert ipg.Settings.of(GIVEN).gazetteer.locatieserver is None


def test_the_briefing_says_before_anything_else_that_addresses_leave(tmp_path, capsys):
    """Also when it then fails."""
    path = tmp_path / "ipg.toml"
    path.write_text(
        '[input]\nincidents = "weg.csv"\nareas = "weg.gpkg"\nschouw = "weg.csv"\n'
        "[period]\nstart = 2025-01-01\nend = 2025-02-01\n"
        f'[gazetteer]\ncity = "Enschede"\nlocatieserver = "{locatieserver.BASE}"\n'
    )
    assert cli.run(["briefing", "--config", str(path)]) == 2
    assert capsys.readouterr().out.startswith("Let op: er gaan adressen over het internet")
