// What the pages of ipgtools.maps do in the browser. Every function is called by name from
// the page; none of them asks anything of a network.
var ipg = (function () {
  "use strict";
  var LARGE = 150;  // pixels from which a place has room for what lies inside it
  var EMBEDDED = window.name === "ipg-embedded";

  function pane(map, name, zIndex, quiet) {
    var made = map.getPane(name) || map.createPane(name);
    made.style.zIndex = zIndex;
    if (quiet) { made.style.pointerEvents = "none"; }
    return name;
  }

  // Draw GeoJSON features in the styles named by their property `s`, with `t` as tooltip.
  function shapes(map, data, styles, options) {
    pane(map, options.pane, options.zIndex, options.quiet);
    if (options.blend) { map.getPane(options.pane).style.mixBlendMode = "multiply"; }
    var renderer = (options.canvas ? L.canvas : L.svg)({pane: options.pane, padding: 0.3});
    if (options.canvas) {  // a canvas prints as a white sheet over what lies under it
      var onPaper = null;
      map.on("ipg:print ipg:printed", function (event) {
        if (!map.hasLayer(layer)) { return; }
        onPaper = onPaper || L.svg({pane: options.pane, padding: 0.3});
        layer.eachLayer(function (path) {
          map.removeLayer(path);
          path.options.renderer = event.type === "ipg:print" ? onPaper : renderer;
          map.addLayer(path);
        });
      });
    }
    var layer = L.geoJSON(data, {
      pane: options.pane,
      renderer: renderer,
      interactive: !options.quiet,
      style: function (feature) { return styles[feature.properties.s]; },
      onEachFeature: function (feature, shape) {
        if (feature.properties.t) {
          shape.bindTooltip(feature.properties.t, {sticky: true, direction: "top", offset: [0, -6]});
        }
      }
    });
    return layer;
  }

  // How cards open: beside the boxes on a wide map.
  function card(map) {
    var wide = map.getSize().x > 640;
    return {maxWidth: wide ? 340 : 280, minWidth: 200,
            autoPanPaddingTopLeft: wide ? [60, 10] : [8, 60],
            autoPanPaddingBottomRight: wide ? [320, 10] : [8, 10]};
  }

  // Draw outlines of places, each with its number beside it; a click on either opens its card.
  function places(map, items, looks) {
    var under = pane(map, "ipg-places", 460), above = pane(map, "ipg-numbers", 620);
    var renderer = L.svg({pane: under, padding: 0.3}), group = L.featureGroup();
    var shown = card(map);
    var numbers = items.map(function (item) {
      var look = looks[item.c];
      var rim = {color: "#fff", weight: look.outline.weight + 4, opacity: 0.85, fill: false};
      L.geoJSON(item.g, {pane: under, renderer: renderer, interactive: false, style: rim})
        .addTo(group);
      var shape = L.geoJSON(item.g, {pane: under, renderer: renderer, style: look.outline})
        .bindTooltip(item.t, {sticky: true, direction: "top", offset: [0, -6]})
        .bindPopup(item.h, shown).addTo(group);
      var icon = L.divIcon({
        className: "ipg-number", html: look.svg.replace("%n", item.n === null ? "" : String(item.n)),
        iconSize: [look.size, look.size], popupAnchor: [0, -look.size / 2]
      });
      var mark = L.marker(shape.getBounds().getNorthEast(), {
        icon: icon, pane: above, alt: item.a, title: item.a, keyboard: true
      }).bindPopup(item.h, shown).addTo(group);
      return {mark: mark, bounds: shape.getBounds(), radius: look.size / 2};
    });
    var around = [45, 135, 90, 0, 315, 180, 225, 270];

    // Put each number beside its outline, where it covers neither a place nor another number.
    function place() {
      var boxes = numbers.map(function (number) {
        return L.bounds(map.latLngToLayerPoint(number.bounds.getNorthWest()),
                        map.latLngToLayerPoint(number.bounds.getSouthEast()));
      });
      var set = [];
      numbers.forEach(function (number, i) {
        var box = boxes[i], r = number.radius, best = null, least = Infinity;
        [3, r, 3 * r].forEach(function (gap) {
          around.forEach(function (turn) {
            var x = Math.cos(turn * Math.PI / 180), y = -Math.sin(turn * Math.PI / 180);
            var half = box.getSize().divideBy(2), away = gap + r;
            var at = box.getCenter().add([
              Math.abs(x) < 0.1 ? 0 : Math.sign(x) * (half.x + away * Math.abs(x)),
              Math.abs(y) < 0.1 ? 0 : Math.sign(y) * (half.y + away * Math.abs(y))
            ]);
            var disc = L.bounds(at.subtract([r, r]), at.add([r, r])), cost = gap / (100 * r);
            boxes.forEach(function (other, j) { cost += j !== i && disc.overlaps(other) ? 1 : 0; });
            set.forEach(function (other) {
              cost += other.at.distanceTo(at) < other.r + r + 1 ? 3 : 0;
            });
            if (cost < least - 1e-9) { least = cost; best = at; }
          });
        });
        set.push({at: best, r: r});
        number.mark.setLatLng(map.layerPointToLatLng(best));
      });
    }
    group.on("add", place);
    map.on("zoomend viewreset", place);
    map.ipgTaken = function () {
      var taken = {numbers: [], places: []};
      (map.hasLayer(group) ? numbers : []).forEach(function (number) {
        var at = map.latLngToContainerPoint(number.mark.getLatLng()), r = number.radius;
        var top = map.latLngToContainerPoint(number.bounds.getNorthWest());
        var end = map.latLngToContainerPoint(number.bounds.getSouthEast());
        taken.numbers.push([at.x - r, at.y - r, at.x + r, at.y + r]);
        taken.places.push([top.x, top.y, end.x, end.y]);
      });
      return taken;
    };
    return group;
  }

  function write(paper, at, angle, label, colour) {
    var text = L.SVG.create("text"), turn = angle * 180 / Math.PI;
    text.textContent = label[2];
    text.setAttribute("transform", "translate(" + at.x + " " + at.y + ") rotate(" + turn + ")");
    [["text-anchor", "middle"], ["dominant-baseline", "central"], ["font-size", label[5]],
     ["fill", colour], ["stroke", "#fff"], ["stroke-width", 3], ["paint-order", "stroke"],
    ].forEach(function (pair) { text.setAttribute(pair[0], pair[1]); });
    paper.appendChild(text);
  }

  // Write names on the map where they fit, off the numbers of places and markers: each
  // [lat, lon, text, angle, from zoom, size, whether it stays off large places too].
  function names(map, labels, options) {
    pane(map, options.pane, options.zIndex, true);
    var Names = L.Layer.extend({
      onAdd: function () {
        this._canvas = L.DomUtil.create("canvas", "leaflet-zoom-hide ipg-quiet");
        map.getPane(options.pane).appendChild(this._canvas);
        map.on("moveend zoomend resize viewreset ipg:laid", this._draw, this);
        this._draw();
      },
      onRemove: function () {
        map.off("moveend zoomend resize viewreset ipg:laid", this._draw, this);
        this._clear();
        L.DomUtil.remove(this._canvas);
      },
      // Names go on paper as letters, not as a picture: a canvas would hide what is under it.
      _sheet: function (size) {
        this._clear();
        var sheet = this._svg = L.SVG.create("svg"), at = map.containerPointToLayerPoint([0, 0]);
        sheet.setAttribute("width", size.x);
        sheet.setAttribute("height", size.y);
        L.DomUtil.setPosition(sheet, at);
        sheet.style.position = "absolute";
        map.getPane(options.pane).appendChild(sheet);
        this._canvas.style.display = "none";
        return sheet;
      },
      _clear: function () {
        if (this._svg) { L.DomUtil.remove(this._svg); this._svg = null; }
        this._canvas.style.display = "";
      },
      _draw: function () {
        if (!map.ipgPrinting) { this._clear(); }
        var size = map.getSize(), zoom = map.getZoom(), ratio = window.devicePixelRatio || 1;
        var paper = map.ipgPrinting ? this._sheet(size) : null;
        var canvas = this._canvas, bounds = map.getBounds().pad(0.05);
        var fixed = map.ipgTaken ? map.ipgTaken() : {numbers: [], places: []};
        var taken = fixed.numbers.concat(map.ipgMarkers || []);
        var small = fixed.places.filter(function (box) {
          return Math.min(box[2] - box[0], box[3] - box[1]) < LARGE;
        });
        canvas.width = size.x * ratio; canvas.height = size.y * ratio;
        canvas.style.width = size.x + "px"; canvas.style.height = size.y + "px";
        L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint([0, 0]));
        var pen = canvas.getContext("2d");
        pen.scale(ratio, ratio);
        pen.textAlign = "center"; pen.textBaseline = "middle"; pen.lineJoin = "round";
        labels.forEach(function (label) {
          if (zoom < label[4] || !bounds.contains([label[0], label[1]])) { return; }
          var at = map.latLngToContainerPoint([label[0], label[1]]), angle = label[3];
          pen.font = label[5] + "px 'Segoe UI', 'Helvetica Neue', Arial, sans-serif";
          var wide = pen.measureText(label[2]).width + 6, high = label[5] + 4;
          var w = Math.abs(wide * Math.cos(angle)) + Math.abs(high * Math.sin(angle));
          var h = Math.abs(wide * Math.sin(angle)) + Math.abs(high * Math.cos(angle));
          var box = [at.x - w / 2, at.y - h / 2, at.x + w / 2, at.y + h / 2];
          var clash = taken.concat(label[6] ? fixed.places : small).some(function (other) {
            return box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3];
          });
          if (clash) { return; }
          taken.push(box);
          if (paper) { write(paper, at, angle, label, options.colour); return; }
          pen.save();
          pen.translate(at.x, at.y); pen.rotate(angle);
          pen.lineWidth = 4; pen.strokeStyle = "rgba(255,255,255,0.9)"; pen.strokeText(label[2], 0, 0);
          pen.fillStyle = options.colour; pen.fillText(label[2], 0, 0);
          pen.restore();
        });
      }
    });
    return new Names();
  }

  // Room that boxes on a wide map take.
  function margins(map) {
    var size = map.getSize();
    var wide = size.x > 900 && size.x > 1.1 * size.y;
    var top = map.ipgTop ? map.ipgTop() : 12;
    return wide ? {paddingTopLeft: [56, top], paddingBottomRight: [310, 14]}
      : {paddingTopLeft: [16, top], paddingBottomRight: [16, 30]};
  }

  // Fit again on every change of size, until the reader moves the map.
  function keepFitted(map) {
    var fit = map.fitBounds, last = null, ours = false, moved = false;
    function run() {
      ours = true;
      fit.call(map, last, L.extend({animate: false}, margins(map)));
      ours = false;
    }
    map.fitBounds = function (bounds) {
      last = bounds;
      moved = false;
      run();
      return map;
    };
    map.ipgZoomTo = function (bounds) { fit.call(map, bounds, {padding: [60, 60], maxZoom: 17.5}); };
    map.ipgShown = function () { return moved || !last ? map.getBounds() : last; };
    map.ipgFit = function (bounds) {
      ours = true;
      fit.call(map, bounds, L.extend({animate: false}, margins(map)));
      ours = false;
    };
    map.on("movestart zoomstart", function () { if (!ours) { moved = true; } });
    map.on("resize", function () { if (last && !moved) { run(); } });
    // What stands above and below the map changes its size as well as the window does.
    new ResizeObserver(function () {
      map.invalidateSize({animate: false, pan: !map.ipgPrinting && moved});
    }).observe(map.getContainer());
  }

  // Print the map on a sheet: A4 or A3, lying, with title, legend and credit.
  function printing(map, words) {
    var box = map.getContainer(), sheet = null, open = [], before = null, paper = "A4";
    var WIDTH = {A4: 277, A3: 400}, HEIGHT = {A4: 190, A3: 277};
    function resize() { map.invalidateSize({animate: false, pan: false}); }
    function prepare() {
      if (EMBEDDED || sheet) { return; }
      before = map.ipgShown();
      map.ipgPrinting = true;
      sheet = document.createElement("style");
      sheet.textContent = "@page { size: " + paper + " landscape; margin: 10mm; }";
      document.head.appendChild(sheet);
      document.querySelectorAll("details").forEach(function (one) {
        if (!one.open) { one.open = true; open.push(one); }
      });
      document.body.classList.add("ipg-printing");
      document.body.style.width = WIDTH[paper] + "mm";
      var around = 0;
      document.querySelectorAll("body > header, body > footer").forEach(function (one) {
        around += one.offsetHeight;
      });
      box.style.flex = "none";
      box.style.width = WIDTH[paper] + "mm";
      box.style.height = "calc(" + HEIGHT[paper] + "mm - " + (around + 6) + "px)";
      resize();
      map.fire("ipg:print");
      map.ipgFit(before);
    }
    function restore() {
      if (!sheet) { return; }
      map.ipgPrinting = false;
      document.body.classList.remove("ipg-printing");
      sheet.remove();
      sheet = null;
      open.forEach(function (one) { one.open = false; });
      open = [];
      box.style.flex = box.style.width = box.style.height = document.body.style.width = "";
      resize();
      map.fire("ipg:printed");
      map.ipgFit(before);
      paper = "A4";
    }
    window.addEventListener("beforeprint", prepare);
    window.addEventListener("afterprint", restore);
    var made = L.DomUtil.create("div", "ipg-print");
    made.appendChild(document.createTextNode(words.print + " "));
    ["A4", "A3"].forEach(function (name) {
      var button = L.DomUtil.create("button", "", made);
      button.type = "button";
      button.textContent = name;
      button.addEventListener("click", function () { paper = name; prepare(); window.print(); });
    });
    return made;
  }

  // Turn Leaflet's box of layers into one that opens and closes, by keyboard too.
  function layerBox(map, words, closed) {
    var box = map.getContainer().querySelector(".leaflet-control-layers");
    if (!box) { return; }
    var toggle = box.querySelector(".leaflet-control-layers-toggle");
    if (toggle) { toggle.remove(); }
    box.removeAttribute("aria-haspopup");
    var details = L.DomUtil.create("details", "ipg-layers");
    var summary = L.DomUtil.create("summary", "", details);
    summary.textContent = words.layers;
    details.appendChild(box.querySelector(".leaflet-control-layers-list"));
    if (!EMBEDDED) { details.appendChild(printing(map, words)); }
    details.open = !closed;
    box.appendChild(details);
  }

  // Keep the legend below the box of layers: it scrolls where there is little room.
  function stackBoxes(map) {
    var above = map.getContainer().querySelector(".leaflet-control-layers"), below = map.ipgLegend;
    if (!above || !below) { return; }
    function stack() {
      if (map.ipgPrinting) { below.style.maxHeight = "none"; return; }
      var room = map.getSize().y - above.offsetHeight - 44;
      below.style.maxHeight = Math.max(room, 72) + "px";
    }
    map.on("resize ipg:print ipg:printed overlayadd overlayremove", stack);
    [above, below].forEach(function (box) { box.addEventListener("toggle", stack, true); });
    stack();
  }

  // Inside a page the map leaves scrolling to it: a wheel works after a click, two fingers move.
  function inPage(map) {
    document.body.classList.add("ipg-embedded");
    map.scrollWheelZoom.disable();
    map.on("click focus", function () { map.scrollWheelZoom.enable(); });
    map.on("mouseout", function () { map.scrollWheelZoom.disable(); });
    if (L.Browser.mobile || window.matchMedia("(pointer: coarse)").matches) {
      map.dragging.disable();
    }
  }

  // Give the map its Dutch controls, scale and legend; `hidden` names layers that start off.
  function controls(map, words, legend, hidden) {
    var narrow = window.matchMedia("(max-width: 640px)").matches;
    keepFitted(map);
    if (EMBEDDED) { inPage(map); }
    var box = map.getContainer();
    box.setAttribute("role", "main");
    box.setAttribute("aria-label", words.map + ": " + document.title);
    map.attributionControl.remove();
    L.control.zoom({zoomInTitle: words.zoom_in, zoomOutTitle: words.zoom_out}).addTo(map);
    L.control.scale({imperial: false, maxWidth: 160}).addTo(map);
    var foot = document.querySelector(".ipg-foot");
    if (foot && narrow) { foot.open = false; }
    map.on("popupopen", function (event) {
      var button = event.popup._closeButton;
      if (button) { button.setAttribute("aria-label", words.close); button.title = words.close; }
    });
    if (legend) {
      var control = L.control({position: "bottomright"});
      control.onAdd = function () {
        var box = L.DomUtil.create("div", "ipg-legend");
        box.innerHTML = legend;
        if (narrow) { box.firstChild.open = false; }
        L.DomEvent.disableClickPropagation(box);
        L.DomEvent.disableScrollPropagation(box);
        return box;
      };
      control.addTo(map);
      var sections = control.getContainer().querySelectorAll("[data-layer]");
      var switchTo = function (name, on) {
        sections.forEach(function (section) {
          if (section.getAttribute("data-layer") === name) { section.hidden = !on; }
        });
      };
      map.on("overlayadd", function (event) { switchTo(event.name, true); map.fire("ipg:laid"); });
      map.on("overlayremove", function (event) { switchTo(event.name, false); map.fire("ipg:laid"); });
      hidden.forEach(function (name) { switchTo(name, false); });
      map.ipgLegend = control.getContainer();
      map.fire("ipg:legend");
    }
    layerBox(map, words, narrow || (EMBEDDED && map.getSize().x < 900));
    stackBoxes(map);
  }

  return {pane: pane, card: card, shapes: shapes, places: places, names: names, controls: controls,
          LARGE: LARGE, EMBEDDED: EMBEDDED};
})();
