// Findings of a schouw on the map: one marker each where there is room, a group where there is
// none, never on top of a place that is small on the screen.
(function () {
  "use strict";
  var APART = 26, SIZE = 28, NEAR = 16.5;

  function boxAt(at, half) { return [at.x - half, at.y - half, at.x + half, at.y + half]; }

  function overlaps(one, other) {
    return one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];
  }

  // Take points together that would cover each other; on one spot they are spread instead.
  function grouped(map, points, zoom) {
    var groups = [];
    points.forEach(function (point) {
      var at = map.latLngToContainerPoint([point.y, point.x]), home = null;
      groups.some(function (group) {
        var near = zoom < NEAR ? group.at.distanceTo(at) < APART
          : group.of[0].x === point.x && group.of[0].y === point.y;
        if (near) { home = group; }
        return near;
      });
      if (!home) { groups.push({at: at, of: [point]}); return; }
      home.of.push(point);
      home.at = home.at.multiplyBy(home.of.length - 1).add(at).divideBy(home.of.length);
    });
    return groups;
  }

  // Find the nearest spot that covers no small place, no number and no other marker.
  function free(at, half, fixed) {
    function clear(spot) {
      return !fixed.some(function (other) { return overlaps(boxAt(spot, half), other); });
    }
    if (clear(at)) { return at; }
    for (var away = 8; away <= 240; away += 8) {
      for (var turn = 0; turn < 16; turn += 1) {
        var angle = turn * Math.PI / 8;
        var spot = at.add([away * Math.cos(angle), away * Math.sin(angle)]);
        if (clear(spot)) { return spot; }
      }
    }
    return at;
  }

  ipg.markers = function (map, points, looks) {
    var kinds = looks.kinds;
    var under = ipg.pane(map, "ipg-leaders", 595, true);
    var renderer = L.svg({pane: under, padding: 0.3});
    var Findings = L.LayerGroup.extend({
      onAdd: function () {
        map.on("zoomend viewreset resize overlayadd overlayremove", this.lay, this);
        this.lay();
      },
      onRemove: function () {
        map.off("zoomend viewreset resize overlayadd overlayremove", this.lay, this);
        map.ipgMarkers = [];
        this.clearLayers();
      },
      addLayer: function (layer) {
        this._layers[this.getLayerId(layer)] = layer;
        map.addLayer(layer);
        return this;
      },
      lay: function () {
        if (!map._loaded || !map.hasLayer(this)) { return; }
        this.eachLayer(function (layer) { map.removeLayer(layer); });
        this._layers = {};
        var self = this, zoom = map.getZoom();
        var known = map.ipgTaken ? map.ipgTaken() : {numbers: [], places: []};
        var fixed = known.numbers.concat(known.places.filter(function (box) {
          return Math.min(box[2] - box[0], box[3] - box[1]) < ipg.LARGE;
        }));
        map.ipgMarkers = [];
        grouped(map, points, zoom).forEach(function (group) {
          if (group.of.length > 1 && zoom < NEAR) { self.together(group, fixed); return; }
          var m = group.of.length;
          group.of.forEach(function (point, i) {
            var angle = 2 * Math.PI * i / m, away = m > 1 ? 17 * Math.max(1, m / 5) : 0;
            var at = group.at.add([away * Math.sin(angle), -away * Math.cos(angle)]);
            self.single(point, zoom < NEAR ? free(at, 10, fixed) : at, zoom, fixed);
          });
        });
        map.fire("ipg:laid");
      },
      put: function (at, home, html, title, size, fixed) {
        fixed.push(boxAt(at, size / 2));
        map.ipgMarkers.push(boxAt(at, size / 2));
        if (at.distanceTo(home) > 6) {
          this.addLayer(L.polyline(
            [map.containerPointToLatLng(home), map.containerPointToLatLng(at)],
            {pane: under, renderer: renderer, color: "#1d2733", weight: 1.5, interactive: false}));
        }
        var icon = L.divIcon({className: "ipg-marker", html: html, iconSize: [size, size],
                              popupAnchor: [0, -size / 2]});
        var mark = L.marker(map.containerPointToLatLng(at),
                            {icon: icon, alt: title, title: title, keyboard: true});
        this.addLayer(mark);
        return mark;
      },
      single: function (point, at, zoom, fixed) {
        var far = zoom < NEAR, size = far ? 24 : SIZE, home = map.latLngToContainerPoint([point.y, point.x]);
        var svg = kinds[point.k].svg.replace("%n", far || point.n === null ? "" : String(point.n));
        var mark = this.put(at, far ? home : at, svg, point.a, size, fixed);
        L.DomUtil[far ? "addClass" : "removeClass"](mark.getElement(), "ipg-small");
        mark.bindPopup(point.h, ipg.card(map));
      },
      together: function (group, fixed) {
        var n = group.of.length, at = free(group.at, 14, fixed);
        var title = looks.group.replace("%n", String(n));
        var mark = this.put(at, group.at, "<span>" + n + "</span>", title, 28, fixed);
        L.DomUtil.addClass(mark.getElement(), "ipg-group");
        var bounds = L.latLngBounds(group.of.map(function (point) { return [point.y, point.x]; }));
        function open() {
          if (!bounds.getNorthEast().equals(bounds.getSouthWest(), 1e-5)) {
            map.ipgZoomTo(bounds);
          } else {
            map.setView(bounds.getCenter(), Math.max(NEAR, map.getZoom() + 1));
          }
        }
        mark.on("click", open);
        mark.on("keypress", function (event) {
          if (event.originalEvent.key === "Enter") { open(); }
        });
      }
    });
    return new Findings();
  };
})();
