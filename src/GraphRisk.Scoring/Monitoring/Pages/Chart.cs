using System.Globalization;
using System.Net;
using System.Text;

namespace GraphRisk.Scoring.Monitoring.Pages;

/// <summary>What a chart shows along its axes, both from 0.</summary>
/// <param name="Across">Title of the horizontal axis.</param>
/// <param name="Up">Title of the vertical axis.</param>
/// <param name="Widest">Greatest value across; positive.</param>
/// <param name="Highest">Greatest value up; positive.</param>
/// <param name="Labels">Names of the whole numbers across, from 0; null for percentages.</param>
public sealed record ChartFrame(string Title, string Across, string Up, double Widest = 1, double Highest = 1, IReadOnlyList<string>? Labels = null)
{
    /// <summary>How values up are written.</summary>
    public string Format { get; init; } = "0%";
}

/// <summary>Points of one kind, joined or each by itself.</summary>
/// <param name="Style">Class of its line: the page's styles say how it looks.</param>
/// <param name="Bars">Lower and upper end of an interval at each point; null for none.</param>
public sealed record ChartSeries(string Name, string Style, IReadOnlyList<(double X, double Y)> Points, bool IsJoined = true)
{
    public IReadOnlyList<(double Lower, double Upper)>? Bars { get; init; }
}

/// <summary>
/// Line charts as SVG inside a page: no script, no font, no file beside it, the same text for the same numbers. What it draws stands in a
/// table too; a reader who cannot see it is told its title.
/// </summary>
public static class Chart
{
    private const double Width = 460, Height = 320, Left = 62, Right = 14, Top = 16, Bottom = 50;
    private const int Ticks = 5;

    public static string Of(ChartFrame frame, params ChartSeries[] series)
    {
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<figure><figcaption>{Text(frame.Title)}</figcaption><svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Text(frame.Title)}\">");
        for (var tick = 0; tick <= Ticks; tick++)
        {
            var up = frame.Highest * tick / Ticks;
            Line(svg, "grid", X(frame, 0), Y(frame, up), X(frame, frame.Widest), Y(frame, up));
            Words(svg, "end", Left - 6, Y(frame, up) + 4, up.ToString(frame.Format, CultureInfo.InvariantCulture));
            if (frame.Labels is null) Words(svg, "middle", X(frame, frame.Widest * tick / Ticks), Height - Bottom + 16, (frame.Widest * tick / Ticks).ToString("0%", CultureInfo.InvariantCulture));
        }

        var every = frame.Labels is null ? 1 : (frame.Labels.Count + 6) / 7;
        for (var i = 0; i < (frame.Labels?.Count ?? 0); i += every) Words(svg, "middle", X(frame, i), Height - Bottom + 16, frame.Labels![i]);
        Words(svg, "middle", (Left + Width - Right) / 2, Height - 18, frame.Across);
        svg.Append(CultureInfo.InvariantCulture, $"<text transform=\"translate(13 {(Top + Height - Bottom) / 2:0.#}) rotate(-90)\" text-anchor=\"middle\">{Text(frame.Up)}</text>");
        foreach (var one in series) Draw(svg, frame, one);
        svg.Append("</svg><ul class=\"legend\">");
        foreach (var one in series) svg.Append(CultureInfo.InvariantCulture, $"<li class=\"{one.Style}\">{Text(one.Name)}</li>");
        return svg.Append("</ul></figure>\n").ToString();
    }

    /// <summary>A limit to draw up to: the greatest value, and at least the one given.</summary>
    public static double Above(IEnumerable<double> values, double least) => Math.Max(least, Math.Ceiling(values.DefaultIfEmpty(0).Max() * 1.05 * 20) / 20);

    private static void Draw(StringBuilder svg, ChartFrame frame, ChartSeries series)
    {
        if (series.IsJoined)
        {
            var points = string.Join(' ', series.Points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{X(frame, point.X):0.##},{Y(frame, point.Y):0.##}")));
            svg.Append(CultureInfo.InvariantCulture, $"<polyline class=\"{series.Style}\" points=\"{points}\"/>");
        }

        for (var i = 0; i < series.Points.Count && (!series.IsJoined || frame.Labels is not null); i++)
        {
            var (x, y) = series.Points[i];
            if (series.Bars is { } bars) Line(svg, series.Style, X(frame, x), Y(frame, bars[i].Lower), X(frame, x), Y(frame, Math.Min(bars[i].Upper, frame.Highest)));
            svg.Append(CultureInfo.InvariantCulture, $"<circle class=\"{series.Style}\" cx=\"{X(frame, x):0.##}\" cy=\"{Y(frame, y):0.##}\" r=\"3.5\"/>");
        }
    }

    private static void Line(StringBuilder svg, string style, double x1, double y1, double x2, double y2) =>
        svg.Append(CultureInfo.InvariantCulture, $"<line class=\"{style}\" x1=\"{x1:0.##}\" y1=\"{y1:0.##}\" x2=\"{x2:0.##}\" y2=\"{y2:0.##}\"/>");

    private static void Words(StringBuilder svg, string anchor, double x, double y, string words) =>
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x:0.##}\" y=\"{y:0.##}\" text-anchor=\"{anchor}\">{Text(words)}</text>");

    private static double X(ChartFrame frame, double value) => Left + ((Width - Left - Right) * value / frame.Widest);

    private static double Y(ChartFrame frame, double value) => Height - Bottom - ((Height - Top - Bottom) * value / frame.Highest);

    private static string Text(string words) => WebUtility.HtmlEncode(words);
}
