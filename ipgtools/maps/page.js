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

  // Draw numbered markers; those on one point stand around it.
  function markers(map, points, kinds) {
    var group = L.layerGroup();
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

  // Write names on the map where they fit: each [lat, lon, text, angle, from zoom, size].
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
        var canvas = this._canvas, taken = [], bounds = map.getBounds().pad(0.05);
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
          var clash = taken.some(function (other) {
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

  return {shapes: shapes, markers: markers, names: names, controls: controls};
})();
