using System.Globalization;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market.Flows;

namespace GraphRisk.Cli.FinBench;

/// <summary>
/// Parameters of FinBench's reads: those of complex ones from its files (<c>complex_N_param.csv</c>, between bars, by position, since headers repeat names), those
/// of simple ones, for which it has none, drawn from the accounts of a snapshot and the windows of the complex ones.
/// </summary>
internal static class ReadParameters
{
    /// <summary>Thresholds of simple reads that are drawn.</summary>
    private static readonly decimal[] Thresholds = [0, 1_000, 1_000_000, 5_000_000];

    /// <summary>The parameter sets of a folder, in the order of its files' lines.</summary>
    /// <exception cref="UserErrorException">A line is broken.</exception>
    public static IEnumerable<AskedQuestion> OfFolder(string folder)
    {
        foreach (var question in FlowQuestions.All)
        {
            var path = Path.Combine(folder, $"complex_{question.Code["TCR".Length..]}_param.csv");
            if (!question.Code.StartsWith("TCR", StringComparison.Ordinal) || !File.Exists(path)) continue;
            foreach (var (number, line) in File.ReadLines(path).Index().Skip(1))
                if (line.Length > 0) yield return Read(question, line.Split('|'), $"{path}, line {number + 1}");
        }
    }

    /// <summary>Parameter sets of the simple reads: accounts and windows drawn by the seed.</summary>
    public static IEnumerable<AskedQuestion> Drawn(Snapshot snapshot, IReadOnlyList<FlowWindow> windows, ulong seed, int count)
    {
        var accounts = snapshot.Nodes.OfType("Account");
        if (accounts.Length == 0 || windows.Count == 0) yield break;
        var random = new Random(unchecked((int)seed));
        foreach (var question in FlowQuestions.All.Where(question => question.Code.StartsWith("TSR", StringComparison.Ordinal)))
            for (var i = 0; i < count; i++)
                yield return new AskedQuestion(question, snapshot.Nodes.IdOf(accounts[random.Next(accounts.Length)]))
                {
                    Window = windows[random.Next(windows.Count)], Threshold = Thresholds[random.Next(Thresholds.Length)],
                };
    }

    private static AskedQuestion Read(FlowQuestion question, string[] fields, string place)
    {
        if (fields.Length < question.Parameters.Length)
            throw new UserErrorException($"{place}: {question.Code} takes {question.Parameters.Length} parameters, not {fields.Length}.");
        var asked = new AskedQuestion(question, new NodeId(question.Subject, "finbench:0"));
        foreach (var (parameter, text) in question.Parameters.Zip(fields))
        {
            try
            {
                asked = With(asked, parameter, text);
            }
            catch (Exception error) when (error is FormatException or OverflowException or InvalidDataException)
            {
                throw new UserErrorException($"{place}: '{text}' cannot be {parameter} of {question.Code}.");
            }
        }

        return asked;
    }

    private static AskedQuestion With(AskedQuestion asked, FlowParameter parameter, string text) => parameter switch
    {
        FlowParameter.Subject => asked with { Subject = new NodeId(asked.Question.Subject, $"finbench:{text}") },
        FlowParameter.Other => asked with { Other = new NodeId(asked.Question.Subject, $"finbench:{text}") },
        FlowParameter.Threshold or FlowParameter.Part => asked with { Threshold = decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) },
        FlowParameter.WithdrawalThreshold => asked with { WithdrawalThreshold = decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) },
        FlowParameter.Start => asked with { Window = asked.Window with { After = Instant(text) } },
        FlowParameter.End => asked with { Window = asked.Window with { Before = Instant(text) } },
        FlowParameter.Limit => asked with { Cut = asked.Cut with { Limit = int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) } },
        FlowParameter.Order => asked with { Cut = asked.Cut with { Order = FlowOrders.Parse(text) } },
        _ => throw new InvalidOperationException($"Unknown parameter {parameter}."),
    };

    private static long Instant(string text) => long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
