// What the pages of ipgtools.maps do in the browser. Every function is called by name from
// the page; none of them asks anything of a network.
var ipg = (function () {
  "use strict";

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

  // Draw outlines of places, each with its number beside it; a click on either opens its card.
  function places(map, items, looks) {
    var under = pane(map, "ipg-places", 460), above = pane(map, "ipg-numbers", 620);
    var renderer = L.svg({pane: under, padding: 0.3}), group = L.featureGroup();
    var beside = map.getSize().x > 640 ? 270 : 10;
    var card = {maxWidth: 340, minWidth: 220, autoPanPaddingTopLeft: [60, 10],
                autoPanPaddingBottomRight: [beside, 10]};
    var numbers = items.map(function (item) {
      var look = looks[item.c];
      var rim = {color: "#fff", weight: look.outline.weight + 4, opacity: 0.85, fill: false};
      L.geoJSON(item.g, {pane: under, renderer: renderer, interactive: false, style: rim})
        .addTo(group);
      var shape = L.geoJSON(item.g, {pane: under, renderer: renderer, style: look.outline})
        .bindTooltip(item.t, {sticky: true, direction: "top", offset: [0, -6]})
        .bindPopup(item.h, card).addTo(group);
      var icon = L.divIcon({
        className: "ipg-number", html: look.svg.replace("%n", item.n === null ? "" : String(item.n)),
        iconSize: [look.size, look.size], popupAnchor: [0, -look.size / 2]
      });
      var mark = L.marker(shape.getBounds().getNorthEast(), {
        icon: icon, pane: above, alt: item.a, title: item.a, keyboard: true
      }).bindPopup(item.h, card).addTo(group);
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

  // Draw numbered markers; those on one point stand around it. They are smaller, and below zoom
  // 15 without their number, where they would cover what lies under them.
  function markers(map, points, kinds) {
    var group = L.layerGroup();
    function resize() {
      var zoom = map.getZoom(), size = map.getContainer().classList;
      size.toggle("ipg-far", zoom < 15);
      size.toggle("ipg-middle", zoom >= 15 && zoom < 16.5);
    }
    map.on("zoomend", resize);
    resize();
    points.forEach(function (point) {
      var kind = kinds[point.k], size = 28;
      var svg = kind.svg.replace("%n", point.n === null ? "" : String(point.n));
      var angle = 2 * Math.PI * point.i / Math.max(point.m, 1);
      var away = point.m > 1 ? 17 * Math.max(1, point.m / 5) : 0;
      var icon = L.divIcon({
        className: "ipg-marker", html: svg, iconSize: [size, size],
        iconAnchor: [size / 2 - away * Math.sin(angle), size / 2 + away * Math.cos(angle)],
        popupAnchor: [away * Math.sin(angle), -away * Math.cos(angle) - 8]
      });
      L.marker([point.y, point.x], {icon: icon, alt: point.a, title: point.a, keyboard: true})
        .bindPopup(point.h, {maxWidth: 340, minWidth: 220}).addTo(group);
    });
    return group;
  }

  // Write names on the map where they fit, off the numbers of places: each
  // [lat, lon, text, angle, from zoom, size, whether it stays off places too].
  function names(map, labels, options) {
    pane(map, options.pane, options.zIndex, true);
    var Names = L.Layer.extend({
      onAdd: function () {
        this._canvas = L.DomUtil.create("canvas", "leaflet-zoom-hide ipg-quiet");
        map.getPane(options.pane).appendChild(this._canvas);
        map.on("moveend zoomend resize viewreset", this._draw, this);
        this._draw();
      },
      onRemove: function () {
        map.off("moveend zoomend resize viewreset", this._draw, this);
        L.DomUtil.remove(this._canvas);
      },
      _draw: function () {
        var size = map.getSize(), ratio = window.devicePixelRatio || 1, zoom = map.getZoom();
        var canvas = this._canvas, bounds = map.getBounds().pad(0.05);
        var fixed = map.ipgTaken ? map.ipgTaken() : {numbers: [], places: []};
        var taken = fixed.numbers;
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
          var clash = taken.concat(label[6] ? fixed.places : []).some(function (other) {
            return box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3];
          });
          if (clash) { return; }
          taken.push(box);
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

  // Fit again once the page gets a size: a frame that is still hidden has none.
  function fitWhenShown(map) {
    var fit = map.fitBounds, last = null;
    map.fitBounds = function (bounds, options) {
      last = [bounds, options];
      return fit.call(map, bounds, options);
    };
    map.on("resize", function (event) {
      if (last && !(event.oldSize.x && event.oldSize.y)) { fit.call(map, last[0], last[1]); }
    });
  }

  // Give the map its Dutch controls, scale and legend; `hidden` names layers that start off.
  function controls(map, words, legend, hidden) {
    fitWhenShown(map);
    map.attributionControl.remove();
    L.control.zoom({zoomInTitle: words.zoom_in, zoomOutTitle: words.zoom_out}).addTo(map);
    L.control.scale({imperial: false, maxWidth: 160}).addTo(map);
    map.on("popupopen", function (event) {
      var button = event.popup._closeButton;
      if (button) { button.setAttribute("aria-label", words.close); button.title = words.close; }
    });
    if (legend) {
      var control = L.control({position: "bottomright"});
      control.onAdd = function () {
        var box = L.DomUtil.create("div", "ipg-legend");
        box.innerHTML = legend;
        if (map.getSize().x && map.getSize().x <= 640) { box.firstChild.open = false; }
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
      map.on("overlayadd", function (event) { switchTo(event.name, true); });
      map.on("overlayremove", function (event) { switchTo(event.name, false); });
      hidden.forEach(function (name) { switchTo(name, false); });
    }
    var toggle = document.querySelector(".leaflet-control-layers-toggle");
    if (toggle) { toggle.title = words.layers; }
  }

  return {shapes: shapes, places: places, markers: markers, names: names, controls: controls};
})();
