using System.Collections.Immutable;
using System.Globalization;
using GraphRisk.Market.Stress;
using GraphRisk.Scoring.Monitoring.Pages;
using GraphRisk.Scoring.Texts;
using GraphRisk.Workflow.Market;
using GraphRisk.Workflow.Supervision.Quality;
using GraphRisk.Workflow.Warnings.Work;
using static GraphRisk.Scoring.Monitoring.Pages.Page;

namespace GraphRisk.Workflow.Supervision.Reports;

/// <summary>A report of the market as a page: the main figures drawn, every table with its first rows; the files beside it have all. Without clock or path, so the same report is the same bytes.</summary>
public static class MarketReportPage
{
    private const string Name = "market";

    /// <summary>Rows of a table that stand on the page.</summary>
    private const int MostRows = 30;

    public static string Write(MarketReport report, Language language)
    {
        var page = new Page(TextCatalogue.Of(typeof(MarketReportPage).Assembly, Name, language), Name);
        page.Section("identity");
        page.Figures(page.Say("identity"),
            ("day", Day(report.Day)), ("since", Day(report.Since)), ("days", string.Join(", ", report.Quality.Select(one => Day(one.Day)))),
            ("version", report.Version.ToString(CultureInfo.InvariantCulture)), ("known", Instant(report.KnownAt)), ("model", report.Model ?? page.Say("none")));
        foreach (var (section, tables) in MarketReportTables.Of(report))
        {
            page.Section(section);
            page.Note(page.Say($"{section}.note", report.Stress?.Scenario ?? ""));
            page.Charts(ChartsOf(page, report, section));
            foreach (var table in tables) Add(page, table, CodeWords.In(language));
        }

        return page.Write(page.Say("title", Day(report.Day)), language == Language.Chinese ? "zh-CN" : "en");
    }

    private static void Add(Page page, ReportTable table, CodeWords words)
    {
        var caption = page.Say($"table.{table.Name}");
        if (table.Rows.IsEmpty)
        {
            page.Note($"{caption}: {page.Say("empty")}");
            return;
        }

        page.Table(
            table.Rows.Length > MostRows ? page.Say("first", caption, MostRows, Count(table.Rows.Length), $"{table.Name}.csv") : caption,
            [.. table.Columns.Select(column => page.Say($"column.{column.Name}"))],
            table.Rows.Take(MostRows).Select(row => (IReadOnlyList<string>)[.. row.Select((figure, i) => Shown(page, table.Columns[i], figure, words))]));
    }

    private static string Shown(Page page, ReportColumn column, object? figure, CodeWords words) => (column.Kind, figure) switch
    {
        (_, null) => "–",
        (ReportFigure.Text, string text) when column.Name is "division" or "key" => page.Find($"key.{text}") ?? words.OfRegion(text),
        (ReportFigure.Text, string text) => page.Find($"key.{text}") ?? text,
        (ReportFigure.Day, DateOnly day) => Day(day),
        (ReportFigure.Share, decimal part) => part.ToString("0.00%", CultureInfo.InvariantCulture),
        (ReportFigure.Number, decimal number) => number.ToString("0.####", CultureInfo.InvariantCulture),
        (_, IFormattable number) => number.ToString("N0", CultureInfo.InvariantCulture),
        _ => figure.ToString()!,
    };

    private static IEnumerable<string> ChartsOf(Page page, MarketReport report, string section) => section switch
    {
        "quality" => [OverDays(page, report), ByBroker(page, report)],
        "concentration" => [Lorenz(page, report)],
        "stress" => [Stressed(page, report.Stress!.Tables[StressDivision.Broker])],
        "warnings" when !report.Warnings[WarningDivision.All].IsEmpty => [Worked(page, report.Warnings[WarningDivision.All])],
        _ => [],
    };

    private static string OverDays(Page page, MarketReport report)
    {
        var days = report.Quality.Select(one => (one.Day, Row: one.Tables[(MarketDivision.Market, QualityDivision.All)].FirstOrDefault())).Where(one => one.Row is not null).ToList();
        ChartSeries Line(string key, string style, Func<QualityRow, decimal?> read) =>
            new(page.Say(key), style, [.. days.Select((one, i) => (X: (double)i, Y: read(one.Row!))).Where(point => point.Y is not null).Select(point => (point.X, (double)point.Y!.Value))]);
        ChartSeries[] lines =
        [
            Line("column.share_in_default", "b", row => row.ShareInDefault), Line("column.share_weak", "a", row => row.ShareWeak),
            Line("chart.loss", "c", row => row.ScoredExposure > 0 ? row.ExpectedLoss / row.ScoredExposure : null),
        ];
        return Chart.Of(
            new ChartFrame(page.Say("chart.days"), page.Say("column.day"), page.Say("chart.part"), Math.Max(1, days.Count - 1), Highest(lines), [.. days.Select(one => Day(one.Day)[..7])]), lines);
    }

    private static string ByBroker(Page page, MarketReport report)
    {
        var brokers = report.Quality[^1].Tables[(MarketDivision.Broker, QualityDivision.All)];
        ChartSeries Points(string key, string style, Func<QualityRow, decimal?> read) =>
            new(page.Say(key), style, [.. brokers.Select((row, i) => (X: (double)i, Y: (double)(read(row) ?? 0)))], IsJoined: false);
        ChartSeries[] points = [Points("column.share_in_default", "b", row => row.ShareInDefault), Points("column.share_weak", "a", row => row.ShareWeak)];
        return Chart.Of(
            new ChartFrame(page.Say("chart.brokers", Day(report.Day)), page.Say("column.broker"), page.Say("chart.part"), Math.Max(1, brokers.Length - 1), Highest(points), [.. brokers.Select(row => row.Of)]), points);
    }

    /// <summary>How much of the whole the largest so many have; the nearer to the corner, the more concentrated.</summary>
    private static string Lorenz(Page page, MarketReport report)
    {
        var found = report.Concentration;
        return Chart.Of(
            new ChartFrame(page.Say("chart.lorenz"), page.Say("chart.largest"), page.Say("chart.part")),
            new ChartSeries(page.Say("chart.groups"), "a", Shares([.. found.Groups.Select(one => one.Debt)])),
            new ChartSeries(page.Say("chart.securities"), "b", Shares([.. found.Securities.Where(one => one.Value > 0).Select(one => one.Value!.Value)])),
            new ChartSeries(page.Say("chart.even"), "c", [(0, 0), (1, 1)]));
    }

    private static List<(double X, double Y)> Shares(ImmutableArray<decimal> largestFirst)
    {
        var (points, all, sum) = (new List<(double, double)> { (0, 0) }, largestFirst.Sum(), 0m);
        for (var i = 0; i < largestFirst.Length; i++)
        {
            sum += largestFirst[i];
            if ((i + 1) * 200L / largestFirst.Length > i * 200L / largestFirst.Length) points.Add(((i + 1.0) / largestFirst.Length, (double)(sum / all)));
        }

        return points;
    }

    private static string Stressed(Page page, ImmutableArray<(StressRow Supposed, StressOutcomeRow Actual)> rows)
    {
        ChartSeries Points(string key, string style, Func<(StressRow Supposed, StressOutcomeRow Actual), int> read) => new(page.Say($"column.{key}"), style, [.. rows.Select((row, i) => ((double)i, (double)read(row)))], IsJoined: false);
        return Chart.Of(
            new ChartFrame(page.Say("chart.stress"), page.Say("column.broker"), page.Say("chart.number"), Math.Max(1, rows.Length - 1), Math.Max(5, rows.Max(row => Math.Max(row.Supposed.After.Defaults, row.Actual.Defaults))), [.. rows.Select(row => row.Supposed.Key)]) { Format = "0" },
            Points("defaults_supposed", "a", row => row.Supposed.After.Defaults), Points("defaults_actual", "b", row => row.Actual.Defaults));
    }

    private static string Worked(Page page, ImmutableArray<WarningWorkRow> rows)
    {
        ChartSeries Points(string key, string style, Func<WarningWorkRow, int> read) => new(page.Say($"column.{key}"), style, [.. rows.Select((row, i) => ((double)i, (double)read(row)))], IsJoined: false);
        return Chart.Of(
            new ChartFrame(page.Say("chart.warnings"), page.Say("column.broker"), page.Say("chart.number"), Math.Max(1, rows.Length - 1), Math.Max(5, rows.Max(row => row.Opened)), [.. rows.Select(row => row.Broker)]) { Format = "0" },
            Points("opened", "a", row => row.Opened), Points("untaken", "b", row => row.Untaken), Points("open", "c", row => row.Open));
    }

    private static double Highest(IEnumerable<ChartSeries> series) => Math.Min(1, Chart.Above(series.SelectMany(one => one.Points).Select(point => point.Y), 0.05));
}
