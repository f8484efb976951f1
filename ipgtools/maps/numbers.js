// Numbers on the map: areas in classes, points of places with repeats.
(function () {
  "use strict";

  // Fill areas by the class of the period that is chosen; the classes are those of all periods.
  ipg.choropleth = function (map, features, looks) {
    var under = ipg.pane(map, "ipg-counts", 385), chosen = 0;
    var renderer = L.svg({pane: under, padding: 0.3});
    function style(feature) {
      return looks.styles[feature.properties.c[chosen]] || looks.styles.none;
    }
    var layer = L.geoJSON({type: "FeatureCollection", features: features}, {
      pane: under, renderer: renderer, style: style,
      onEachFeature: function (feature, shape) {
        shape.bindTooltip(function () { return feature.properties.t[chosen]; },
                          {sticky: true, direction: "top", offset: [0, -6]});
      }
    });
    map.on("ipg:legend", function () {
      map.ipgLegend.querySelectorAll("input[name=" + looks.name + "]").forEach(function (input) {
        input.addEventListener("change", function () {
          chosen = Number(input.value);
          layer.setStyle(style);
        });
      });
    });
    return layer;
  };

  // Draw points with a number: larger where there are more, the number where there is room.
  ipg.dots = function (map, points, looks) {
    var over = ipg.pane(map, "ipg-dots", 470), renderer = L.svg({pane: over, padding: 0.3});
    return L.layerGroup(points.map(function (point) {
      return L.circleMarker([point.y, point.x], {
        pane: over, renderer: renderer, radius: 4 + 2 * Math.sqrt(point.n), color: "#fff",
        weight: 1.5, fillColor: looks.colour, fillOpacity: 0.9
      }).bindTooltip(point.t, {direction: "top", offset: [0, -6]});
    }));
  };
})();
