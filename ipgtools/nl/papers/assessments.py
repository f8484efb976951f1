"""
Hold the starters of a DPIA and an IAMA: headings, what the code knows, what has to be asked.

The DPIA follows the model of the Dutch government (four parts, seventeen points), the IAMA its
four parts. What is stated of the law is what was read in the Wet politiegegevens as in force on
1 July 2025, and no more. A name between braces is a fact that `ipgtools.papers.assessments`
fills in; a single one is a list of facts.
"""

from typing import NamedTuple

__all__ = [
    "ANSWER", "DPIA", "DPIA_INTRO", "DPIA_TITLE", "FACTS", "IAMA", "IAMA_INTRO", "IAMA_TITLE",
    "KNOWN", "LISTS", "QUESTION", "Part", "Point",
]  # fmt: skip


class Point(NamedTuple):
    """
    One point of an assessment.

    Parameters
    ----------
    title : str
        Its heading.
    known : tuple of str
        What follows from code and settings.
    questions : tuple of str
        What the organisation has to answer.
    """

    title: str
    known: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()


class Part(NamedTuple):
    """
    A part of an assessment.

    Parameters
    ----------
    title : str
        Its heading.
    points : tuple of Point
        In order.
    """

    title: str
    points: tuple[Point, ...]


QUESTION = "Vraag aan de organisatie"
KNOWN = "Wat de code weet"
ANSWER = "Antwoord:"
DPIA_TITLE = "Aanzet voor een DPIA"
IAMA_TITLE = "Aanzet voor een IAMA"
DPIA_INTRO = (
    (
        "Dit is een begin, geen uitgevoerde gegevensbeschermingseffectbeoordeling. Wat de code en "
        "de instellingen weten, is ingevuld; de vragen zijn voor uw organisatie."
    ),
    (
        "De opbouw volgt het model van het Rijk: vier onderdelen, zeventien punten. Vergelijk de "
        "koppen met het model dat uw organisatie gebruikt. Voor politiegegevens vraagt de Wet "
        "politiegegevens (Wpg) om deze beoordeling bij een hoog risico (artikel 4c), voor andere "
        "persoonsgegevens de AVG (artikel 35)."
    ),
    (
        "Wat hier over de Wpg staat, is gelezen in de tekst die gold op 1 juli 2025. Ga na wat "
        "sindsdien is veranderd. Dit is geen juridisch advies."
    ),
)
IAMA_INTRO = (
    (
        "Dit is een begin voor het gesprek van een Impact Assessment Mensenrechten en Algoritmes, "
        "geen uitgevoerd assessment. Het gesprek voeren mensen met verschillende kennis: van de "
        "wijk, de gegevens, het recht en de techniek."
    ),
    (
        "De opbouw volgt de vier delen van het IAMA: waarom, wat, hoe en mensenrechten. Er is in "
        "2026 een nieuwe versie gemaakt; ga na welke uw organisatie gebruikt. Dit is geen "
        "juridisch advies."
    ),
)

DPIA: tuple[Part, ...] = (
    Part(
        "A. Beschrijving kenmerken gegevensverwerkingen",
        (
            Point(
                "1. Voorstel",
                (
                    (
                        "ipgtools {version} leest exports van de politie en maakt er een briefing "
                        "over een wijk van: kaarten, dia's, een pagina en tabellen."
                    ),
                    (
                        "Deze instellingen gaan over {area}, van {first} tot {last}, voor het "
                        "publiek {audience}."
                    ),
                ),
                (
                    (
                        "Welk probleem moet dit oplossen, en hoe weet u over een jaar of dat "
                        "gelukt is?"
                    ),
                    "Wie heeft tot het gebruik besloten, en wie mag het stoppen?",
                ),
            ),
            Point(
                "2. Persoonsgegevens",
                ("data_sets", "{persons}"),
                (
                    "Staan er in de exports nog andere gegevens over personen?",
                    (
                        "Over wie gaat het: verdachten, slachtoffers, getuigen, melders? De Wpg "
                        "vraagt hen te onderscheiden (artikel 6b)."
                    ),
                ),
            ),
            Point(
                "3. Gegevensverwerkingen",
                (
                    (
                        "Lezen en controleren; kolommen over personen, huisnummers en vrije tekst "
                        "blijven daarbij ongelezen."
                    ),
                    (
                        "Tellen, toetsen en tekenen; daarna gaat elke tabel langs een poort voor "
                        "het gekozen publiek."
                    ),
                    (
                        "Opslaan in een map, en vastleggen wat gelezen, vrijgegeven, opgeslagen en "
                        "verwijderd is."
                    ),
                ),
                (
                    "Uit welk systeem komen de exports, wie maakt ze, en waar staan ze?",
                    "Wie voert het programma uit, en wie kan bij de uitvoer?",
                ),
            ),
            Point(
                "4. Verwerkingsdoeleinden",
                ("purposes",),
                (
                    (
                        "Wat is het doel per gegevensverzameling? De Wpg vraagt noodzaak en een "
                        "bepaald doel (artikel 3)."
                    ),
                ),
            ),
            Point(
                "5. Betrokken partijen",
                ("{organisation}", "audiences"),
                (
                    "Wie is verwerkingsverantwoordelijke, en wie is privacyfunctionaris of FG?",
                    (
                        "Welke partners krijgen iets, op welke grond: structureel (artikel 18), in "
                        "een enkel geval (artikel 19) of in een samenwerking met een besluit "
                        "(artikel 20)?"
                    ),
                ),
            ),
            Point(
                "6. Belangen bij de gegevensverwerking",
                (),
                (
                    (
                        "Welk belang hebben politie, partners en bewoners, en welk belang hebben "
                        "mensen die in de gegevens voorkomen?"
                    ),
                    "Is met bewoners of hun vertegenwoordigers gesproken?",
                ),
            ),
            Point(
                "7. Verwerkingslocaties",
                ("Alles gebeurt op de computer waarop het programma staat.", "{network}"),
                ("Staat die computer binnen uw organisatie, en binnen de EU?",),
            ),
            Point(
                "8. Techniek en methode van de gegevensverwerking",
                (
                    "Tellingen en toetsen, geen zelflerend model en geen profiel van een persoon.",
                    "methods",
                    (
                        "Het programma neemt geen besluit. Een besluit met nadelig gevolg dat "
                        "alleen op geautomatiseerde verwerking rust, mag niet zonder menselijke "
                        "tussenkomst (artikel 7a Wpg)."
                    ),
                ),
                ("Wie kan de uitkomst uitleggen aan iemand die ernaar vraagt?",),
            ),
            Point(
                "9. Juridisch en beleidsmatig kader",
                (
                    (
                        "Voor politiegegevens geldt de Wpg; voor andere gegevens, zoals een "
                        "wijkschouw of meldingen van bewoners aan de gemeente, de AVG."
                    ),
                    "Geheimhouding geldt ook voor wie de gegevens ontvangt (artikel 7 Wpg).",
                    (
                        "Uitkomsten voor beleidsinformatie en statistiek bevatten geen "
                        "persoonsgegevens (artikel 22 Wpg)."
                    ),
                    (
                        "De Wet gegevensverwerking door samenwerkingsverbanden geldt sinds 1 maart "
                        "2025 voor de Zorg- en Veiligheidshuizen, RIEC, FEC en iCOV."
                    ),
                    (
                        "De AI-verordening verbiedt sinds 2 februari 2025 het voorspellen van een "
                        "strafbaar feit door een persoon alleen op grond van een profiel (artikel "
                        "5). Dit programma voorspelt niets over personen."
                    ),
                ),
                (
                    "Welk beleid, convenant of besluit van uw organisatie geldt hier?",
                    (
                        "Het Besluit politiegegevens is in november 2024 gewijzigd: wat betekent "
                        "dat voor uw verstrekkingen?"
                    ),
                    "Valt dit gebruik onder de AI-verordening, en in welke categorie?",
                ),
            ),
            Point(
                "10. Bewaartermijnen",
                (
                    (
                        "Gegevens voor de dagelijkse politietaak zijn een jaar vrij te gebruiken, "
                        "vanaf de eerste verwerking; daarna alleen om te vergelijken of in "
                        "samenhang te verwerken. Zij worden uiterlijk vijf jaar na de eerste "
                        "verwerking verwijderd (artikel 8 Wpg)."
                    ),
                    (
                        "Verwijderde gegevens blijven nog vijf jaar bewaard, alleen voor klachten "
                        "en verantwoording (artikel 14)."
                    ),
                    "terms",
                    (
                        "ipgtools telt wat over die termijnen is, {past}. Met ipgtools purge wordt "
                        "het op verzoek verwijderd: het register legt dat vast, voor en na."
                    ),
                    "{history}",
                ),
                (
                    "Hoe lang bewaart u de exports en de uitvoer, en wie verwijdert ze?",
                    "Bevat de uitvoer nog politiegegevens, of alleen aantallen?",
                ),
            ),
        ),
    ),
    Part(
        "B. Beoordeling rechtmatigheid",
        (
            Point(
                "11. Rechtsgrond",
                ("grounds", "{offenders_ground}"),
                ("Op welk artikel rust elke verwerking, en wie heeft dat beoordeeld?",),
            ),
            Point(
                "12. Bijzondere persoonsgegevens",
                (
                    (
                        "Kolommen over herkomst, godsdienst, gezondheid, seksuele gerichtheid, "
                        "nationaliteit, BSN of naam worden geweigerd of niet gelezen (artikel 5 "
                        "Wpg)."
                    ),
                    (
                        "Meldingen over verwarde personen zeggen iets over gezondheid; zij tellen "
                        "met zeden en levensdelicten voor partners en publiek niet mee."
                    ),
                    "Er is geen kaart van tbs of van woonadressen.",
                ),
                (
                    (
                        "Zeggen andere soorten of kolommen in uw bestand iets over gezondheid of "
                        "geloof?"
                    ),
                ),
            ),
            Point(
                "13. Doelbinding",
                (
                    "Elke tabel die weggaat is voor een genoemd publiek gemaakt.",
                    (
                        "Het register legt vast wat gelezen, vrijgegeven, opgeslagen en verwijderd "
                        "is, met doel en grond (artikel 32a)."
                    ),
                ),
                ("Waarvoor mogen ontvangers het gebruiken, en waarvoor niet?",),
            ),
            Point(
                "14. Noodzaak en evenredigheid",
                (
                    (
                        "Er wordt niet meer gelezen dan plaats, tijd en soort van incidenten; de "
                        "rest blijft in het bestand."
                    ),
                    (
                        "Kan het met minder: een briefing werkt ook zonder antecedenten, foto's en "
                        "adressen."
                    ),
                ),
                ("Waarom zijn deze gegevens nodig, en waarom kan het niet met minder?",),
            ),
            Point(
                "15. Rechten van de betrokkene",
                (
                    (
                        "Wie in politiegegevens voorkomt, heeft recht op informatie, inzage, "
                        "verbetering en vernietiging, met een antwoord binnen zes weken (artikelen "
                        "24a tot en met 28 Wpg)."
                    ),
                    (
                        "De uitvoer noemt geen personen; een verzoek wordt beantwoord uit het "
                        "bronsysteem. Na een verbetering daar wordt de briefing opnieuw gemaakt."
                    ),
                ),
                ("Waar kan iemand terecht, en wie beantwoordt het verzoek?",),
            ),
        ),
    ),
    Part(
        "C. Beschrijving en beoordeling risico's voor de betrokkenen",
        (
            Point(
                "16. Risico's",
                (
                    (
                        "Uit een klein aantal, een kaart met kleine vakken of twee uitgaven naast "
                        "elkaar kan blijken wat iemand overkwam."
                    ),
                    (
                        "Een buurt kan een slechte naam krijgen, of vaker gecontroleerd worden "
                        "omdat zij vaker gecontroleerd werd."
                    ),
                    "Een verschil door toeval kan voor een ontwikkeling worden aangezien.",
                    "Iemand kan een bestand met personen in handen krijgen dat daar niet voor was.",
                ),
                (
                    "Hoe groot zijn kans en gevolg van elk risico in uw organisatie?",
                    "Welke risico's ziet u nog meer?",
                ),
            ),
        ),
    ),
    Part(
        "D. Beschrijving voorgenomen maatregelen",
        (
            Point(
                "17. Maatregelen",
                (
                    "protection",
                    (
                        "Uitspraken over toeval zijn getoetst; gemeten vals alarm: hooguit "
                        "{false_alarm}."
                    ),
                    (
                        "Soorten die de politie zelf vindt, worden onderscheiden van wat burgers "
                        "melden."
                    ),
                    (
                        "De briefing noemt haar bronnen, wat is weggelaten, hoe de getallen "
                        "gemaakt zijn, en dat het om geregistreerde incidenten gaat."
                    ),
                    "De module voor personen kan uit: {switch}.",
                    "Een inbreuk moet binnen 72 uur gemeld worden (artikel 33a Wpg).",
                ),
                (
                    "Wie bekijkt de map voordat zij weggaat?",
                    "Wanneer wordt deze beoordeling herhaald?",
                    "Welk risico blijft over, en wie aanvaardt dat?",
                ),
            ),
        ),
    ),
)

IAMA: tuple[Part, ...] = (
    Part(
        "Deel 1. Waarom?",
        (
            Point(
                "Aanleiding en doel",
                (
                    (
                        "Het programma laat zien waar, wanneer en bij welke soort er iets "
                        "verandert in een wijk."
                    ),
                    "purposes",
                ),
                (
                    "Welk probleem in de wijk is de aanleiding, en wie vindt dat een probleem?",
                    "Wat is het doel, en waaraan ziet u dat het bereikt is?",
                    "Welke publieke waarden dient het, en welke kunnen in de knel komen?",
                ),
            ),
            Point(
                "Verantwoordelijkheid",
                ("{organisation}",),
                (
                    "Wie is verantwoordelijk voor het gebruik, de gegevens en de uitkomst?",
                    "Welke wet staat dit toe?",
                ),
            ),
        ),
    ),
    Part(
        "Deel 2. Wat?",
        (
            Point(
                "Gegevens die erin gaan",
                (
                    "data_sets",
                    (
                        "Geregistreerde incidenten zijn niet alles wat er gebeurt: "
                        "aangiftebereidheid en controle verschillen per wijk."
                    ),
                    "Het leesverslag zegt per bestand wat er ontbreekt en wat is afgekeurd.",
                ),
                (
                    "Welke groepen of buurten zijn te veel of te weinig in beeld?",
                    "Hoe goed zijn de gegevens, en wie heeft dat nagekeken?",
                ),
            ),
            Point(
                "Het algoritme",
                (
                    "methods",
                    (
                        "Niet zelflerend; geen inkomen, herkomst, leeftijd of samenstelling van de "
                        "bevolking."
                    ),
                    (
                        "Van elke uitspraak over toeval is gemeten hoe vaak zij ten onrechte "
                        "gedaan wordt: hooguit {false_alarm}."
                    ),
                    "De code is open en elke uitkomst is te herhalen.",
                ),
                (
                    "Past deze nauwkeurigheid bij wat u ermee doet?",
                    "Wie in uw organisatie begrijpt hoe het werkt?",
                ),
            ),
        ),
    ),
    Part(
        "Deel 3. Hoe?",
        (
            Point(
                "Gebruik van de uitkomst",
                (
                    (
                        "Hooguit {at_most} dingen vallen op in een briefing; springt er niets uit, "
                        "dan staat dat er."
                    ),
                    "Het programma neemt geen besluit en geeft geen opdracht.",
                ),
                (
                    "Welke besluiten volgen op een briefing, en wie neemt ze?",
                    "Kan de gebruiker ervan afwijken, en gebeurt dat ook?",
                    "Wat gebeurt er als de uitkomst niet klopt?",
                ),
            ),
            Point(
                "Openheid en controle",
                (
                    (
                        "Er zijn methodekaarten en een registratie voor het Algoritmeregister, "
                        "gemaakt uit dezelfde code."
                    ),
                    "audiences",
                ),
                (
                    "Hoe vertelt u bewoners dat dit gebruikt wordt?",
                    (
                        "Wie evalueert het gebruik, wanneer, en wat is de maat? "
                        "'Geen effect gevonden' is ook een uitkomst."
                    ),
                    "Hoe en door wie wordt het gebruik gestopt?",
                ),
            ),
        ),
    ),
    Part(
        "Deel 4. Mensenrechten",
        (
            Point(
                "Welke rechten kunnen geraakt worden",
                (
                    "Privacy: {persons}",
                    (
                        "Gelijke behandeling: een wijk die vaker genoemd wordt, kan vaker "
                        "gecontroleerd worden, en daarna weer vaker genoemd."
                    ),
                    "Er is geen score, rangorde of verwachting van een persoon.",
                ),
                (
                    "Welke grondrechten raakt uw gebruik, van wie, en hoe ernstig?",
                    "Is er een wet die dat toestaat?",
                ),
            ),
            Point(
                "Afweging",
                ("protection", "De module voor personen kan uit: {switch}."),
                (
                    "Werkt het om het doel te bereiken, en is er geen minder ingrijpende manier?",
                    "Weegt het doel op tegen de inbreuk, en wat is nodig om dat zo te houden?",
                    "Wat is het besluit, en wie neemt het?",
                ),
            ),
        ),
    ),
)

LISTS = frozenset(
    {"data_sets", "audiences", "methods", "protection", "purposes", "grounds", "terms"}
)
"""Known texts that stand for a list of facts."""
FACTS = {
    "data_set": "{name}: {fields}. {about}",
    "audience": "{label}: aantallen onder de {smallest} weggelaten{rounded}",
    "audience_exact": "{label}: aantallen van incidenten zoals zij zijn",
    "rounded": ", de rest op veelvouden van {base}",
    "persons_limit": "; aantallen personen onder de {persons} weggelaten",
    "no_persons": "; geen aantallen personen",
    "purpose": "Het doel volgens de instellingen: {purpose}.",
    "no_purpose": "In de instellingen staat geen doel ([privacy] purpose).",
    "purpose_of": "Het doel van {sets} volgens de instellingen: {value}.",
    "no_purpose_of": "In de instellingen staat geen doel van {sets} ([purpose]).",
    "ground": "De grond volgens de instellingen: {ground}.",
    "no_ground": "In de instellingen staat geen grond ([privacy] ground).",
    "ground_of": "De grond van {sets} volgens de instellingen: {value}.",
    "no_ground_of": "In de instellingen staat geen grond van {sets} ([purpose]).",
    "term_none": "Termijn van de {set}: geen ({ground}).",
    "term_keep": (
        "Termijn van de {set}: uiterlijk {keep} na de eerste verwerking verwijderen, of eerder als "
        "zij niet meer nodig zijn ({ground})."
    ),
    "term_free": (
        "Termijn van de {set}: {free} vrij te gebruiken, en uiterlijk {keep} na de eerste "
        "verwerking verwijderen (volgens {ground}{assumed})."
    ),
    "term_assumed": ", want er staat geen grond die herkend is",
    "past_told": "en zegt dat bij de briefing",
    "past_refused": "en maakt dan niets ([privacy] strict = true)",
    "organisation": "De organisatie volgens de instellingen: {organisation}.",
    "no_organisation": "In de instellingen staat geen organisatie ([privacy] organisation).",
    "persons_off": "De module voor personen staat uit; er worden geen antecedenten gelezen.",
    "persons_on": (
        "Antecedenten worden gelezen met pseudoniemen; er komen alleen aantallen per klasse en "
        "gebied uit."
    ),
    "persons_none": (
        "De module voor personen staat aan, maar deze instellingen noemen geen antecedenten."
    ),
    "offenders_ground": (
        "Veelplegers tellen: de aanwijzing van het OM noemt onderzoek voor de aanpak van een "
        "veelpleger een verwerking volgens artikel 9 Wpg, met het doel binnen een week op schrift; "
        "artikel 13 gaat over eerdere betrokkenheid van dezelfde persoon."
    ),
    "no_offenders_ground": "Er worden geen personen geteld.",
    "offline": "Het programma gebruikt geen internet.",
    "online": (
        "Voor onbekende huisnummers uit schouwverslagen gaan straat, nummer en woonplaats naar "
        "{host}; verder gaat er niets over internet."
    ),
    "history": (
        "De instellingen beperken het verleden niet: wat in de bestanden staat, wordt gelezen. "
        "Plekken kijken {months} maanden terug."
    ),
    "switch_on": "dat is nu niet zo ([privacy] persons = true)",
    "switch_off": "dat is nu zo ([privacy] persons = false)",
    "everything": "alle gebieden in het bestand",
}
"""Sentences that facts are put in."""
