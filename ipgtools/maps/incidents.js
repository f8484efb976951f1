// Incidents as points on one canvas: a million are drawn at once, by kind, week and part of the
// day. The page holds them as bytes: x and y in 65,536 steps, kind, week and part of the day.
(function () {
  "use strict";
  var FEW = 4000, UNKNOWN = 255;

  function bytes(text) {
    var raw = atob(text), made = new Uint8Array(raw.length);
    for (var i = 0; i < raw.length; i += 1) { made[i] = raw.charCodeAt(i); }
    return made.buffer;
  }

  function colour(text) {  // as a word of an ImageData: alpha, blue, green, red
    var n = parseInt(text.slice(1), 16);
    return ((255 << 24) | ((n & 255) << 16) | (n & 65280) | (n >> 16)) >>> 0;
  }

  ipg.incidents = function (map, data, looks) {
    var n = data.n, buffer = bytes(data.bytes);
    var xs = new Uint16Array(buffer, 0, n), ys = new Uint16Array(buffer, 2 * n, n);
    var kinds = new Uint8Array(buffer, 4 * n, n), weeks = new Uint8Array(buffer, 5 * n, n);
    var parts = new Uint8Array(buffer, 6 * n, n);
    var shown = looks.colours.map(function () { return true; });
    var words32 = looks.colours.map(colour), week = -1, part = -1, over = "ipg-incidents";
    ipg.pane(map, over, 465, true);

    function wanted(i) {
      return shown[kinds[i]] && (week < 0 || weeks[i] === week) && (part < 0 || parts[i] === part);
    }

    // Give what turns the steps of the data into pixels of the map.
    function frame() {
      var scale = 256 * Math.pow(2, map.getZoom()), box = data.box;
      var corner = map.getPixelOrigin().add(map.containerPointToLayerPoint([0, 0]));
      return {x0: box[0] * scale - corner.x, y0: box[1] * scale - corner.y,
              dx: (box[2] - box[0]) * scale / 65535, dy: (box[3] - box[1]) * scale / 65535};
    }

    var Incidents = L.Layer.extend({
      onAdd: function () {
        this._canvas = L.DomUtil.create("canvas", "leaflet-zoom-hide ipg-quiet");
        map.getPane(over).appendChild(this._canvas);
        map.on("moveend zoomend resize viewreset ipg:print ipg:printed", this._draw, this);
        map.on("click", this._tell, this);
        panel.hidden = false;
        this._draw();
      },
      onRemove: function () {
        map.off("moveend zoomend resize viewreset ipg:print ipg:printed", this._draw, this);
        map.off("click", this._tell, this);
        panel.hidden = true;
        if (this._image) { L.DomUtil.remove(this._image); this._image = null; }
        L.DomUtil.remove(this._canvas);
      },
      _draw: function () {
        var start = performance.now(), size = map.getSize();
        var ratio = map.ipgPrinting ? 2 : Math.min(window.devicePixelRatio || 1, 2);
        var wide = Math.round(size.x * ratio), high = Math.round(size.y * ratio);
        var canvas = this._canvas, pen = canvas.getContext("2d"), f = frame(), seen = [], count = 0;
        canvas.width = wide; canvas.height = high;
        canvas.style.width = size.x + "px"; canvas.style.height = size.y + "px";
        L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint([0, 0]));
        for (var i = 0; i < n; i += 1) {
          if (!wanted(i)) { continue; }
          count += 1;
          var x = f.x0 + xs[i] * f.dx, y = f.y0 + ys[i] * f.dy;
          if (x > -6 && y > -6 && x < size.x + 6 && y < size.y + 6) { seen.push(i); }
        }
        if (seen.length <= FEW) { this._circles(pen, seen, f, ratio); }
        else { this._squares(pen, seen, f, ratio, wide, high); }
        told.textContent = (count === 1 ? looks.words.one : looks.words.count)
          .replace("%n", count.toLocaleString("nl-NL"));
        this._onPaper(canvas, size);
        map.ipgDrawn = performance.now() - start;
      },
      _circles: function (pen, seen, f, ratio) {
        var radius = (map.getZoom() < 14 ? 3 : 4.5) * ratio;
        pen.lineWidth = ratio; pen.strokeStyle = "#fff";
        seen.forEach(function (i) {
          pen.beginPath();
          pen.arc((f.x0 + xs[i] * f.dx) * ratio, (f.y0 + ys[i] * f.dy) * ratio, radius, 0, 7);
          pen.fillStyle = looks.colours[kinds[i]];
          pen.fill(); pen.stroke();
        });
      },
      _squares: function (pen, seen, f, ratio, wide, high) {
        var image = pen.createImageData(wide, high), pixels = new Uint32Array(image.data.buffer);
        var side = Math.round((map.getZoom() < 12 ? 1 : map.getZoom() < 15 ? 2 : 3) * ratio);
        for (var j = 0; j < seen.length; j += 1) {
          var i = seen[j], word = words32[kinds[i]];
          var left = Math.round((f.x0 + xs[i] * f.dx) * ratio - side / 2);
          var top = Math.round((f.y0 + ys[i] * f.dy) * ratio - side / 2);
          for (var y = Math.max(top, 0); y < Math.min(top + side, high); y += 1) {
            for (var x = Math.max(left, 0); x < Math.min(left + side, wide); x += 1) {
              pixels[y * wide + x] = word;
            }
          }
        }
        pen.putImageData(image, 0, 0);
      },
      // A canvas prints as a white sheet; a picture of it does not.
      _onPaper: function (canvas, size) {
        if (this._image) { L.DomUtil.remove(this._image); this._image = null; }
        canvas.style.display = map.ipgPrinting ? "none" : "";
        if (!map.ipgPrinting) { return; }
        var image = this._image = L.DomUtil.create("img", "ipg-quiet", map.getPane(over));
        image.src = canvas.toDataURL();
        image.alt = "";
        image.style.width = size.x + "px"; image.style.height = size.y + "px";
        image.style.position = "absolute";
        L.DomUtil.setPosition(image, map.containerPointToLayerPoint([0, 0]));
      },
      _tell: function (event) {
        var f = frame(), at = event.containerPoint, best = -1, least = 64;
        for (var i = 0; i < n; i += 1) {
          var dx = f.x0 + xs[i] * f.dx - at.x, dy = f.y0 + ys[i] * f.dy - at.y;
          var away = dx * dx + dy * dy;
          if (away < least && wanted(i)) { least = away; best = i; }
        }
        if (best < 0) { return; }
        var lines = [looks.kinds[kinds[best]]];
        if (weeks[best] !== UNKNOWN) { lines.push(looks.weeks[weeks[best]]); }
        if (looks.parts.length) {
          lines.push(parts[best] === UNKNOWN ? looks.words.unknown : looks.parts[parts[best]]);
        }
        var box = document.createElement("div");
        lines.forEach(function (line) {
          L.DomUtil.create("p", "", box).textContent = line;
        });
        L.popup({maxWidth: 280}).setLatLng(event.latlng).setContent(box).openOn(map);
      }
    });
    var layer = new Incidents();

    // One slider for weeks, one for parts of the day; at their left end all are shown.
    function slider(box, label, all, steps, set) {
      var row = L.DomUtil.create("label", "", box), head = L.DomUtil.create("span", "", row);
      var input = L.DomUtil.create("input", "", row), told = L.DomUtil.create("output", "", row);
      head.textContent = label;
      input.type = "range"; input.min = -1; input.max = steps.length - 1; input.value = -1;
      input.step = 1;
      function change() {
        var value = Number(input.value), text = value < 0 ? all : steps[value];
        told.textContent = text;
        input.setAttribute("aria-valuetext", text);
        set(value);
      }
      input.addEventListener("input", function () { change(); layer._draw(); });
      change();
    }
    var panel = L.DomUtil.create("div", "ipg-time"), told;
    panel.hidden = true;
    panel.setAttribute("role", "group");
    panel.setAttribute("aria-label", looks.words.panel);
    if (looks.weeks.length > 1) {
      slider(panel, looks.words.week, looks.words.all_weeks, looks.weeks,
             function (value) { week = value; });
    }
    if (looks.parts.length) {
      slider(panel, looks.words.part, looks.words.all_parts, looks.parts,
             function (value) { part = value; });
    }
    told = L.DomUtil.create("p", "", panel);
    told.setAttribute("role", "status");
    var control = L.control({position: "bottomleft"});
    control.onAdd = function () {
      L.DomEvent.disableClickPropagation(panel);
      L.DomEvent.disableScrollPropagation(panel);
      return panel;
    };
    control.addTo(map);
    map.on("ipg:legend", function () {
      map.ipgLegend.querySelectorAll("input[name=ipg-kind]").forEach(function (input) {
        input.addEventListener("change", function () {
          shown[Number(input.value)] = input.checked;
          if (map.hasLayer(layer)) { layer._draw(); }
        });
      });
    });
    return layer;
  };
})();
