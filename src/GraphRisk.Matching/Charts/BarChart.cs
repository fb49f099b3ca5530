using System.Globalization;
using System.Net;
using System.Text;

namespace GraphRisk.Matching.Charts;

/// <summary>One bar of a <see cref="BarChart"/>.</summary>
/// <param name="Label">What stands before it.</param>
/// <param name="From">Where it begins along the axis.</param>
/// <param name="To">Where it ends; below <paramref name="From"/> where it speaks against.</param>
/// <param name="Value">What stands behind it.</param>
/// <param name="IsHeading">No bar but a heading over those below.</param>
internal readonly record struct Bar(string Label, double From, double To, string Value, bool IsHeading = false);

/// <summary>Horizontal bars as one SVG document: no script, no font, nothing beside it; the same text for the same numbers. What a bar says stands in words beside it.</summary>
internal static class BarChart
{
    private const double Width = 760, LabelEnd = 300, Right = 90, Top = 46, Row = 20, Bottom = 40;
    private const int Letters = 48;

    /// <summary>The document.</summary>
    /// <param name="title">What is shown.</param>
    /// <param name="axis">What the axis counts.</param>
    /// <param name="bars">From the top down.</param>
    public static string Of(string title, string axis, IReadOnlyList<Bar> bars)
    {
        var least = bars.Select(bar => Math.Min(bar.From, bar.To)).Append(0).Min();
        var most = bars.Select(bar => Math.Max(bar.From, bar.To)).Append(0).Max();
        if (most - least <= 0) most = least + 1;
        double X(double value) => LabelEnd + (Width - Right - LabelEnd) * (value - least) / (most - least);
        var height = Top + Row * bars.Count + Bottom;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width:0} {height:0}\" role=\"img\" aria-label=\"{Text(title)}\" font-family=\"sans-serif\" font-size=\"12\">\n");
        svg.Append("<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"12\" y=\"24\" font-size=\"15\" font-weight=\"bold\">{Text(title)}</text>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{X(0):0.#}\" y1=\"{Top - 6:0.#}\" x2=\"{X(0):0.#}\" y2=\"{height - Bottom:0.#}\" stroke=\"#999\"/>\n");
        for (var i = 0; i < bars.Count; i++)
        {
            var (bar, y) = (bars[i], Top + Row * i);
            if (bar.IsHeading)
            {
                svg.Append(CultureInfo.InvariantCulture, $"<text x=\"12\" y=\"{y + 14:0.#}\" font-weight=\"bold\">{Text(Short(bar.Label))}</text>\n");
                continue;
            }

            var (left, right) = (X(Math.Min(bar.From, bar.To)), X(Math.Max(bar.From, bar.To)));
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{LabelEnd - 8:0.#}\" y=\"{y + 14:0.#}\" text-anchor=\"end\">{Text(Short(bar.Label))}</text>");
            svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{left:0.##}\" y=\"{y + 3:0.#}\" width=\"{Math.Max(1, right - left):0.##}\" height=\"14\" fill=\"{(bar.To >= bar.From ? "#2a7f62" : "#b3423a")}\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{right + 5:0.##}\" y=\"{y + 14:0.#}\">{Text(bar.Value)}</text>\n");
        }

        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{(LabelEnd + Width - Right) / 2:0.#}\" y=\"{height - 14:0.#}\" text-anchor=\"middle\" fill=\"#555\">{Text(axis)}</text>\n</svg>\n");
        return svg.ToString();
    }

    private static string Short(string label) => label.Length <= Letters ? label : $"{label[..(Letters - 1)]}…";

    private static string Text(string words) => WebUtility.HtmlEncode(words);
}
