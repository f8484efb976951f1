"""
Turn a folium map into one page that asks nothing of any network.

folium writes a page that fetches its scripts from several servers. Here every such reference
is replaced by the file from the `XStatic-*` packages, or dropped where the page does without.
A policy in the page then makes the browser itself refuse any request, and any script other
than the ones that were put in.
"""

import base64
import hashlib
import importlib.util
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

from ipgtools.errors import IpgError

if TYPE_CHECKING:
    import folium

__all__ = ["page"]

_JQUERY_FILE = r"/jquery-[\d.]+\.min\.js"
_TAKEN = {
    r"/leaflet\.js": ("leaflet", "leaflet.js"),
    r"/leaflet\.css": ("leaflet", "leaflet.css"),
    _JQUERY_FILE: ("jquery", "jquery.min.js"),
    r"/leaflet\.markercluster\.js": ("leaflet_markercluster", "leaflet.markercluster.js"),
    r"/MarkerCluster\.css": ("leaflet_markercluster", "MarkerCluster.css"),
    r"/MarkerCluster\.Default\.css": ("leaflet_markercluster", "MarkerCluster.Default.css"),
}
_DROPPED = (
    r"/bootstrap\.bundle\.min\.js",
    r"/bootstrap\.min\.css",
    r"/bootstrap-glyphicons\.css",
    r"/leaflet\.awesome-markers\.(js|css)",
    r"/fontawesome[^/]*/css/all\.min\.css",
    r"/fontawesome-free@[\d.]+/css/all\.min\.css",
    r"/leaflet\.awesome\.rotate\.min\.css",
)
_JQUERY = re.compile(r"\$\(|\bjQuery\b")
_SCRIPT = re.compile(r'<script src="([^"]+)"></script>')
_SHEET = re.compile(r'<link rel="stylesheet" href="([^"]+)"\s*/?>')
_ELSEWHERE = r"\s*((?:https?:)?//[^\"')\s>]+)"
_IN_SHEET = re.compile(r"(?:url\(|@import)\s*[\"']?" + _ELSEWHERE, re.IGNORECASE)
_IN_SCRIPT = re.compile(r"(?:\(|Url[\"']?\s*:)\s*[\"']" + _ELSEWHERE, re.IGNORECASE)
_FETCHING = {"src", "srcset", "href", "action", "data", "poster", "background"}
_IMAGE = {".png": "image/png", ".gif": "image/gif", ".svg": "image/svg+xml"}
_VIEWPORT = re.compile(
    r"width=device-width,\s*initial-scale=1.0, maximum-scale=1.0, user-scalable=no"
)
"""What folium writes keeps readers from making letters larger."""
_MARKER_ICON = """<script>
(function () {{
  var icon = L.Icon.Default;
  icon.mergeOptions({{iconUrl: "{icon}", iconRetinaUrl: "{retina}", shadowUrl: "{shadow}"}});
  icon.prototype._getIconUrl = function (name) {{
    return L.Icon.prototype._getIconUrl.call(this, name);
  }};
}})();
</script>"""


def page(drawn: "folium.Map") -> str:
    """Write a map as one page that opens without a network."""
    root = drawn.get_root()
    html = _numbered(root.render(), root).replace("\r\n", "\n")
    with_jquery = bool(_JQUERY.search(_SCRIPT.sub("", html)))
    if "L.AwesomeMarkers" in html:
        _refuse("L.AwesomeMarkers", "use a folium.DivIcon instead of a folium.Icon")
    _check_self_contained(_SHEET.sub("", _SCRIPT.sub("", html)))

    def script(found: re.Match[str]) -> str:
        if re.search(_JQUERY_FILE, found[1]) and not with_jquery:
            return ""
        file = _asset(found[1])
        if file is None:
            return ""
        return f"<script>\n{_safe_script(_text(file))}\n</script>"

    def sheet(found: re.Match[str]) -> str:
        file = _asset(found[1])
        return "" if file is None else f"<style>\n{_inlined(file)}\n</style>"

    html = _SHEET.sub(sheet, _SCRIPT.sub(script, html))
    html = html.replace("<html>", '<html lang="nl">', 1)
    html = _VIEWPORT.sub("width=device-width, initial-scale=1", html, count=1)
    html = html.replace("</head>", _marker_icon() + "\n</head>", 1)
    return html.replace("<head>", "<head>\n" + _policy(html), 1)


def _policy(html: str) -> str:
    """Return the content security policy: only what the page contains."""
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()}'"
        for body in re.findall(r"<script>(.*?)</script>", html, flags=re.DOTALL)
    )
    rules = (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; "
        "img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
    )
    return f'<meta http-equiv="Content-Security-Policy" content="{rules}">'


def _asset(url: str) -> Path | None:
    """Find the file for a reference; None if the page does without it."""
    for pattern, (package, name) in _TAKEN.items():
        if re.search(pattern + "$", url):
            return _file(package, name)
    if any(re.search(pattern + "$", url) for pattern in _DROPPED):
        return None
    return _refuse(url, "leave out the plugin that asks for it")


def _file(package: str, name: str) -> Path:
    found = None
    if importlib.util.find_spec("xstatic") is not None:
        found = importlib.util.find_spec(f"xstatic.pkg.{package}")
    if found is None or found.origin is None:
        wanted = f"XStatic-{package.replace('_', '-')}"
        msg = f"the map needs {name}, but {wanted} is not installed. Run: pip install {wanted}"
        raise IpgError(msg, code="map_package_missing", package=wanted)
    return Path(found.origin).parent / "data" / name


def _text(file: Path) -> str:
    text = file.read_text(encoding="utf-8").replace("\r\n", "\n")
    return re.sub(r"^//# sourceMappingURL=.*$", "", text, flags=re.MULTILINE)


def _safe_script(text: str) -> str:
    return re.sub(r"</(script)", r"<\\/\1", text, flags=re.IGNORECASE).replace("<!--", "<\\!--")


def _inlined(sheet: Path) -> str:
    """Put the images of a style sheet into it."""

    def image(found: re.Match[str]) -> str:
        target = found[1].strip("\"' ")
        if target.startswith(("data:", "#")):
            return found[0]
        return f"url({_data_uri(sheet.parent / target)})"

    return re.sub(r"url\(([^)]*)\)", image, _text(sheet)).replace("</style", "<\\/style")


def _data_uri(file: Path) -> str:
    kind = _IMAGE.get(file.suffix)
    if kind is None or not file.is_file():
        _refuse(str(file.name), "it is no image that a page can hold")
    return f"data:{kind};base64,{base64.b64encode(file.read_bytes()).decode()}"


def _marker_icon() -> str:
    images = _file("leaflet", "leaflet.css").parent / "images"
    return _MARKER_ICON.format(
        icon=_data_uri(images / "marker-icon.png"),
        retina=_data_uri(images / "marker-icon-2x.png"),
        shadow=_data_uri(images / "marker-shadow.png"),
    )


class _References(HTMLParser):
    """Collect what the tags, style sheets and scripts of a page would fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del tag
        for name, value in attrs:
            if name in _FETCHING and value and not value.startswith(("data:", "#")):
                self.found.append(value)
            if name == "style" and value:
                self.found += _IN_SHEET.findall(value)

    def handle_data(self, data: str) -> None:
        inside = {"style": _IN_SHEET, "script": _IN_SCRIPT}.get(self.cdata_elem or "")
        if inside:
            self.found += inside.findall(data)


def _check_self_contained(html: str) -> None:
    references = _References()
    references.feed(html)
    references.close()
    if references.found:
        _refuse(references.found[0], "give the map its data instead (tiles=None, images as data)")


def _refuse(what: str, advice: str) -> Path:
    msg = f"the map would fetch {what}, but it must open without a network; {advice}"
    raise IpgError(msg, code="map_not_offline", found=what)


def _numbered(html: str, root: object) -> str:
    """Replace folium's random names by numbers, so that the same map gives the same page."""
    names: dict[str, None] = {}
    waiting, seen = [root], set()
    while waiting:
        element = waiting.pop()
        if id(element) in seen:
            continue
        seen.add(id(element))
        names[getattr(element, "_id", "")] = None
        waiting += [
            getattr(element, part)
            for part in ("header", "html", "script")
            if hasattr(element, part)
        ]
        waiting += list(getattr(element, "_children", {}).values())
    places = sorted((place, name) for name in names if name and (place := html.find(name)) >= 0)
    for number, (_, name) in enumerate(places):
        html = html.replace(name, f"{number:04d}")
    return html
