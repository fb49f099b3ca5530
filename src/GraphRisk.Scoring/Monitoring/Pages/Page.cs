using System.Globalization;
using System.Net;
using System.Text;
using GraphRisk.Scoring.Evaluation;
using GraphRisk.Scoring.Texts;

namespace GraphRisk.Scoring.Monitoring.Pages;

/// <summary>One HTML file that stands alone: no asset of elsewhere, made to be read, printed and signed. Texts are those of a catalogue.</summary>
/// <param name="texts">The catalogue.</param>
/// <param name="prefix">What the keys of its texts begin with.</param>
public sealed class Page(TextCatalogue texts, string prefix = "report")
{
    private const string Style = """
        body{font:15px/1.5 "Helvetica Neue",Arial,"Noto Sans CJK SC","Microsoft YaHei","PingFang SC",sans-serif;color:#1b1b1b;background:#fff;max-width:1060px;margin:2em auto;padding:0 1em}
        h1{font-size:1.7em}h2{font-size:1.25em;border-bottom:2px solid #33557a;margin-top:2em}p.note{color:#444}
        table{border-collapse:collapse;margin:.8em 0;font-size:.88em}caption{text-align:left;font-weight:600;padding:.3em 0}
        th,td{border:1px solid #c4c9cf;padding:.2em .5em;text-align:right;font-variant-numeric:tabular-nums}th{background:#eef2f6}
        th[scope=row],td:first-child{text-align:left}td.words{text-align:left}.wide{overflow-x:auto}
        .charts{display:flex;flex-wrap:wrap;gap:1em}figure{margin:0;flex:1 1 440px;max-width:500px}figcaption{font-weight:600}
        svg{width:100%;height:auto}svg text{font-size:11px;fill:#333}svg .grid{stroke:#dde2e7}
        polyline{fill:none;stroke-width:2}.a{stroke:#1f5fa8}.b{stroke:#b5432a}.c{stroke:#777;stroke-dasharray:5 4}circle.a{fill:#1f5fa8}circle.b{fill:#b5432a}circle.c{fill:#777}
        .legend{list-style:none;display:flex;gap:1.2em;margin:0;padding:0 0 0 4em;font-size:.85em}.legend li::before{content:"";display:inline-block;width:1.4em;margin-right:.4em;vertical-align:middle;border-top:3px solid}
        .legend li.a::before{border-color:#1f5fa8}.legend li.b::before{border-color:#b5432a}.legend li.c::before{border-color:#777;border-top-style:dashed}
        .sign td{height:2.6em;min-width:11em}@media print{body{margin:0;max-width:none}h2{break-after:avoid}figure,table{break-inside:avoid}}
        """;

    private readonly StringBuilder body = new();

    /// <summary>A text of the catalogue; its key stands under the prefix.</summary>
    public string Say(string key, params object[] values) => texts.Format($"{prefix}.{key}", values);

    /// <summary>The same; null where there is none.</summary>
    public string? Find(string key) => texts.Find($"{prefix}.{key}");

    /// <summary>A text of the catalogue under its whole key; the key where there is none.</summary>
    public string Named(string key) => texts.Find(key) ?? key;

    public void Section(string key) => body.Append(CultureInfo.InvariantCulture, $"<h2>{Text(Say(key))}</h2>\n");

    public void Note(string words) => body.Append(CultureInfo.InvariantCulture, $"<p class=\"note\">{Text(words)}</p>\n");

    /// <summary>Charts beside each other.</summary>
    public void Charts(params IEnumerable<string> charts) => body.Append(CultureInfo.InvariantCulture, $"<div class=\"charts\">\n{string.Concat(charts)}</div>\n");

    /// <summary>What and how much.</summary>
    public void Figures(string caption, params IEnumerable<(string Key, string Value)> rows) =>
        Table(caption, [Say("what"), Say("value")], rows.Select(row => (IReadOnlyList<string>)[Say(row.Key), row.Value]));

    /// <summary>A table; the first cell of a row names it.</summary>
    public void Table(string caption, IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows, string style = "")
    {
        body.Append(CultureInfo.InvariantCulture, $"<div class=\"wide\"><table class=\"{style}\"><caption>{Text(caption)}</caption><thead><tr>");
        foreach (var heading in headings) body.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\">{Text(heading)}</th>");
        body.Append("</tr></thead><tbody>\n");
        foreach (var row in rows)
        {
            body.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Text(row[0])}</th>");
            foreach (var cell in row.Skip(1)) body.Append(CultureInfo.InvariantCulture, $"<td>{Text(cell)}</td>");
            body.Append("</tr>\n");
        }

        body.Append("</tbody></table></div>\n");
    }

    /// <summary>All of it.</summary>
    public string Write(string title, string language) => string.Create(CultureInfo.InvariantCulture,
        $"<!DOCTYPE html>\n<html lang=\"{language}\">\n<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{Text(title)}</title>\n<style>\n{Style}\n</style></head>\n<body>\n<h1>{Text(title)}</h1>\n{body}</body>\n</html>\n")
        .ReplaceLineEndings("\n");

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    public static string Number(double? value, string format = "0.000") => value is { } known && double.IsFinite(known) ? known.ToString(format, CultureInfo.InvariantCulture) : "–";

    public static string Percent(double? value) => Number(value, "0.00%");

    public static string Count(int? value) => value?.ToString("N0", CultureInfo.InvariantCulture) ?? "–";

    public static string With(Measured? figure, string format = "0.000") =>
        figure is null ? "–" : $"{Number(figure.Value, format)} [{Number(figure.Lower, format)}, {Number(figure.Upper, format)}]";

    private static string Text(string words) => WebUtility.HtmlEncode(words);
}
