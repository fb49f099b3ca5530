using System.Globalization;
using GraphRisk.Cli.Output;
using GraphRisk.Workflow.Warnings.DryRun;

namespace GraphRisk.Cli.Warnings;

/// <summary>A dry run, shown. Whom the rules would have named is shown only where it was said what for.</summary>
internal static class DryRunSheet
{
    public static void Write(Terminal terminal, DryRunReport report, bool areNamed)
    {
        var (score, policy) = (report.Score, report.Policy);
        terminal.WriteTable(
            $"Rules {report.RulesVersion} from {report.From:yyyy-MM-dd} to {report.To:yyyy-MM-dd}", ["rule", "named", "of known outcome", "true", "precision", "median days ahead", "last week"],
            report.Rules.Select(rule => (IReadOnlyList<string>)
                [rule.Rule, Show(rule.Named), Show(rule.Known), Show(rule.True), Part(rule.Known > 0 ? (double)rule.True / rule.Known : null), rule.MedianDaysAhead?.ToString(CultureInfo.InvariantCulture) ?? "-", Show(rule.LastWeek)]));
        terminal.WriteFigures("All rules together",
        [
            ("clients named, at most " + Show(policy.Capacity) + " a day and broker", Show(score.Named)),
            ("met a rule beyond that", Show(report.Cut)),
            ("of known outcome", Show(score.Known)),
            ($"true: default within {policy.Horizon} trading days, a client each day it was named", Show(score.True)),
            ("defaults those came before, each once", Show(score.Foretold)),
            ("precision", Part(score.Precision)),
            ($"defaults within the days that could be warned of {policy.Lead} trading days ahead", Show(score.Defaults)),
            ("warned of in time", Show(score.Warned)),
            ("recall", Part(score.Recall)),
            .. Of("plain ratio rule, at least as precise", report.Ratio),
            .. Of("most precise plain ratio rule", report.MostPreciseRatio),
            ("recall beside the ratio rule's", report.Ratio?.Score.Recall is > 0 and var plain && score.Recall is { } own ? (own / plain).ToString("0.00", CultureInfo.InvariantCulture) : "-"),
        ]);
        if (!areNamed) terminal.WriteLine($"{Counted.Of(report.LastWeek.Length, "client")} would have been named in the last five trading days: say with --purpose what for, and they are.");
        else terminal.WriteTable(
            "Named in the last five trading days", ["day", "broker", "client", "expected loss", "rules"],
            report.LastWeek.Select(one => (IReadOnlyList<string>)
                [$"{one.Day:yyyy-MM-dd}", one.Broker.Key, one.Warning.Client.ToString(), one.Warning.ExpectedLoss.ToString("N0", CultureInfo.InvariantCulture), string.Join(", ", one.Warning.Rules.Select(met => met.Rule.Name))]));
    }

    public static object ToJson(DryRunReport report, bool areNamed) => new
    {
        report.From, report.To, rules = report.RulesVersion, report.Policy.Capacity, report.Policy.Horizon, report.Policy.Lead,
        all = ToJson(report.Score), cut = report.Cut, byRule = report.Rules,
        ratio = ToJson(report.Ratio), mostPreciseRatio = ToJson(report.MostPreciseRatio), lastWeek = report.LastWeek.Length,
        named = areNamed ? report.LastWeek.Select(one => new
        {
            one.Day, broker = one.Broker.Key, client = one.Warning.Client.ToString(), one.Warning.ExpectedLoss, one.Warning.Probability, one.Warning.IsScored, one.Warning.Exposure,
            rules = one.Warning.Rules.Select(met => new { met.Rule.Name, value = Finite(met.By.Value), before = Finite(met.By.Before) }),
        }) : null,
    };

    private static object ToJson(WarningScore score) => new { score.Named, score.Known, score.True, score.Precision, score.Foretold, score.Defaults, score.Warned, score.Recall };

    private static object? ToJson(RatioRule? rule) => rule is null ? null : new { rule.Line, score = ToJson(rule.Score) };

    private static IEnumerable<(string, string)> Of(string what, RatioRule? rule) => rule is null ? [(what, "none is")] :
    [
        ($"{what}: line", rule.Line.ToString("0.00", CultureInfo.InvariantCulture)),
        ("  named", Show(rule.Score.Named)), ("  precision", Part(rule.Score.Precision)), ("  recall", Part(rule.Score.Recall)),
    ];

    private static double? Finite(double? figure) => figure is { } value && double.IsFinite(value) ? value : null;

    private static string Show(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Part(double? part) => part?.ToString("0.0%", CultureInfo.InvariantCulture) ?? "-";
}
