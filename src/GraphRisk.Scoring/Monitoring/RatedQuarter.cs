using System.Collections.Immutable;
using GraphRisk.Scoring.Models;

namespace GraphRisk.Scoring.Monitoring;

/// <summary>A quarter as one model rates it.</summary>
/// <param name="Quarter">The quarter.</param>
/// <param name="Probabilities">Of each client at risk.</param>
/// <param name="Grades">Number of its grade, 0 the safest, by the probability alone.</param>
internal sealed record RatedQuarter(MonitoredQuarter Quarter, double[] Probabilities, int[] Grades)
{
    public static RatedQuarter Of(CreditModel model, MonitoredQuarter quarter)
    {
        var grades = model.Definition.Grades.ToList();
        double[] probabilities = [.. model.Model.Margins(quarter.Matrix.SelectColumns(model.Columns)).Select(model.Definition.Calibration.Probability)];
        return new RatedQuarter(quarter, probabilities, [.. probabilities.Select(probability => grades.IndexOf(model.Grades.Of(probability)))]);
    }

    /// <summary>Probabilities and outcomes of several quarters, one after another.</summary>
    public static (double[] Risk, bool[] Bad, MonitoredClient[] Clients) Together(IEnumerable<RatedQuarter> quarters)
    {
        var all = quarters.ToList();
        return ([.. all.SelectMany(one => one.Probabilities)], [.. all.SelectMany(one => one.Quarter.Bad)], [.. all.SelectMany(one => one.Quarter.Clients)]);
    }

    /// <summary>Who some clients are, counted; a client of several quarters once.</summary>
    public static Crowd CrowdOf(IEnumerable<MonitoredClient> clients)
    {
        var known = clients.DistinctBy(client => client.Client).ToList();
        return new Crowd(known.Count,
            [.. known.SelectMany(client => client.Brokers).GroupBy(broker => broker, StringComparer.Ordinal).Select(group => group.Count()).OrderDescending()]);
    }
}
