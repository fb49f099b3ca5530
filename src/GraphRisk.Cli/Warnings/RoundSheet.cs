using System.Globalization;
using GraphRisk.Cli.Output;
using GraphRisk.Workflow.Warnings.Filing;

namespace GraphRisk.Cli.Warnings;

/// <summary>The filed round of a day, shown: counts by broker, and what was cut. Names are in the warnings themselves, for who may read them.</summary>
internal static class RoundSheet
{
    public static void Write(Terminal terminal, FiledDay day)
    {
        terminal.WriteTable(
            $"Round of {day.Day:yyyy-MM-dd}", ["broker", "named", "opened", "added to", "known", "woken", "escalated", "cut", "expected loss named", "expected loss cut"],
            day.Brokers.Select(one => (IReadOnlyList<string>)
            [
                one.Found.Broker.Key, Show(one.Found.Named.Length), Show(one.Filed.Opened), Show(one.Filed.Added), Show(one.Filed.Known), Show(one.Filed.Woken), Show(one.Filed.Escalated), Show(one.Found.Cut.Length),
                Show(one.Found.Named.Sum(warning => warning.ExpectedLoss)), Show(one.Found.Cut.Sum(warning => warning.ExpectedLoss)),
            ]));
        foreach (var finding in day.Findings) terminal.WriteLine(finding.Reason);
        terminal.WriteLine($"Rules {day.RulesVersion}, model {day.Model?[..12] ?? "none"}. 'graphrisk warnings list --of BROKER' shows a desk what is open.");
    }

    public static object ToJson(FiledDay day) => new
    {
        day = day.Day, rules = day.RulesVersion, model = day.Model, findings = day.Findings.Select(finding => finding.Reason),
        brokers = day.Brokers.Select(one => new
        {
            broker = one.Found.Broker.Key, rules = one.Found.RulesVersion, capacity = one.Found.Capacity, named = one.Found.Named.Length, one.Filed.Opened, addedTo = one.Filed.Added, one.Filed.Known, one.Filed.Woken, one.Filed.Escalated,
            cut = one.Found.Cut.Length, expectedLossNamed = one.Found.Named.Sum(warning => warning.ExpectedLoss), expectedLossCut = one.Found.Cut.Sum(warning => warning.ExpectedLoss),
        }),
    };

    private static string Show(decimal amount) => amount.ToString("N0", CultureInfo.InvariantCulture);
}
