"""Errors of evaluations and scans in Dutch, by code."""

ERRORS: dict[str, str] = {
    "evaluate_lengths": (
        "`{name}` heeft {found} waarden, maar er zijn {expected} vakken. Geef één waarde per vak."
    ),
    "evaluate_values": (
        "In `{name}` staat {found}, maar dat kan niet. Geef getallen zonder lege waarden; "
        "aantallen en oppervlaktes zijn 0 of meer en delen liggen tussen 0 en 1."
    ),
    "between_0_and_1": "`{name}` is {found}; geef een getal tussen 0 en 1.",
    "positive_numbers": "`{name}` is {found}; geef {n} getallen groter dan 0.",
    "positive_number": "`{name}` is {found}; geef een getal groter dan 0.",
    "wdd_displacement": (
        "Er is maar één gebied voor verplaatsing opgegeven. Geef er een bij het actiegebied en een "
        "bij het vergelijkingsgebied, of geen van beide."
    ),
    "wdd_kinds": (
        "De gebieden hebben niet dezelfde soorten ({found}). Geef voor elk gebied dezelfde "
        "soorten, met het aantal ervoor en erna."
    ),
    "wdd_shape": "`{name}` heeft de vorm {found}; geef twee aantallen: ervoor en erna.",
    "wdd_dispersion": (
        "`dispersion` is {found}; geef één getal van 1 of meer, of {n}: een per gebied."
    ),
    "ring_empty": (
        "Van de ring om het gebied blijft niets over. Kijk of het gebied een vlak is, en of niet "
        "alles eromheen is weggelaten."
    ),
    "no_such_area": "Het gebied '{found}' staat niet in de tabel met aantallen.",
    "steps_before": "`before` is {found}; geef een aantal perioden, hooguit {most}.",
    "too_few_steps": (
        "Te weinig gegevens: er zijn {n} perioden, en om te vergelijken zijn er {needed} nodig."
    ),
    "too_few_incidents": (
        "Te weinig gegevens: er zijn {n} incidenten, en hiervoor zijn er {needed} nodig."
    ),
    "counts_before": "In de {breaches} van voor de actie ontbreekt iets of staat iets onder 0.",
    "no_control_area": (
        "Er blijft geen gebied over om mee te vergelijken: alle andere zijn uitgesloten."
    ),
    "backtest_method": "Een methode '{found}' is er niet. Kies uit: {known}.",
    "backtest_squares": "De methode {found} werkt alleen op vierkante vakken, niet op zeshoeken.",
    "backtest_score": (
        "De methode {name} gaf geen getal voor elk van de {expected} vakken. Laat haar één score "
        "per vak geven."
    ),
    "backtest_gap": (
        "In {n} van de {total} perioden staat geen enkel incident. Kijk of er een stuk van de "
        "bestanden ontbreekt."
    ),
    "no_such_share": "Een deel van {found} is niet getoetst. Kies uit: {known}.",
    "scan_numbers": "In `{name}` staat iets dat niet kan ({found}). Geef aantallen van 0 of meer.",
    "scan_baseline": (
        "Het model {model} en `baseline` horen niet bij elkaar: poisson en bernoulli hebben een "
        "`baseline` nodig, permutation niet."
    ),
    "scan_shape": "`{name}` heeft de vorm {found}, maar {expected} is nodig.",
    "scan_unexpected": (
        "Er staan {n} incidenten waar volgens `baseline` niets kan gebeuren. Vul `baseline` aan of "
        "laat ze weg."
    ),
    "scan_steps": (
        "Vensters van {shortest} tot {longest} stappen passen niet in {n} stappen. Kies kortere "
        "vensters of een langere periode."
    ),
    "scan_too_large": (
        "Er zijn te veel zones voor het geheugen. Neem grotere vakken (`cell_size`) of een "
        "kleinere straal (`max_radius`)."
    ),
    "scan_one_of_both": (
        "Geef `population` (wat er kan gebeuren, zoals adressen) of `controls` (andere "
        "incidenten), een van beide."
    ),
    "one_of": "`{name}` is '{found}'. Kies uit: {known}.",
    "whole_number": "`{name}` is {found}; geef een heel getal van {least} of meer.",
}
