using System.IO.Hashing;
using System.Text;
using GraphRisk.Graph.Facts;
using GraphRisk.Scoring.Features;
using GraphRisk.Scoring.Labels;
using GraphRisk.Scoring.Trees;

namespace GraphRisk.Scoring.Training;

/// <summary>One observed client-quarter, beside its row of features.</summary>
/// <param name="Client">Hash of the client's latest id: rows of one client share it, whatever an early quarter called it.</param>
/// <param name="AsOf">Day of the features.</param>
/// <param name="Defaulted">Defaulted or was liquidated within the horizon after it.</param>
public readonly record struct Observation(ulong Client, DateOnly AsOf, bool IsCompany, bool Defaulted);

/// <summary>
/// Clients over quarters: features as of each, and what happened after. Only clients who owe something on the day are
/// in it: the others cannot default, and would flatter every measure. Built quarter by quarter, so that only one
/// snapshot is needed at a time.
/// </summary>
public sealed class Panel
{
    private readonly DefaultHistory _history;
    private readonly TrainingPlan _plan;
    private readonly int _maximumRows;
    private readonly List<FeatureMatrix> _parts = [];
    private readonly List<Observation> _observations = [];

    public Panel(DefaultHistory history, TrainingPlan plan, TrainingOptions options)
    {
        _history = history;
        _plan = plan;
        _maximumRows = options.MaximumRows;
    }

    public IReadOnlyList<Observation> Observations => _observations;

    /// <summary>Adds the debtors of one quarter.</summary>
    /// <param name="quarter">Features of a snapshot as of one of the plan's dates.</param>
    public void Add(SnapshotFeatures quarter)
    {
        var asOf = quarter.Snapshot.Stamp.AsOfDay;
        if (!_plan.AsOfDates.Contains(asOf))
            throw new ArgumentException($"{asOf:yyyy-MM-dd} is no quarter of the plan", nameof(quarter));
        var clients = quarter.Parties.Clients().Where(quarter.HasDebt).ToArray();
        var kept = Sample(quarter, clients);
        _parts.Add(quarter.Compute(kept));
        foreach (var node in kept)
        {
            var id = quarter.Snapshot.Nodes.IdOf(node);
            _observations.Add(new Observation(
                ClientOf(id), asOf, quarter.Parties.IsCompany(quarter.Parties.IndexOf(node)),
                _history.DefaultsWithin(id, asOf, _plan.OutcomeUntil(asOf))));
        }
    }

    /// <summary>All rows, in the order of <see cref="Observations"/>.</summary>
    public FeatureMatrix Matrix()
    {
        var matrix = new FeatureMatrix(_observations.Count, FeatureSet.Features.Count);
        var row = 0;
        foreach (var part in _parts)
        {
            for (var i = 0; i < part.Rows; i++)
                part.Row(i).CopyTo(matrix.RowForWriting(row++));
        }
        return matrix;
    }

    private int[] Sample(SnapshotFeatures quarter, int[] clients)
    {
        var share = (double)_maximumRows / Math.Max(1, (long)clients.Length * _plan.AsOfDates.Count());
        return share >= 1
            ? clients
            : [.. clients.Where(node => ClientOf(quarter.Snapshot.Nodes.IdOf(node)) < share * ulong.MaxValue)];
    }

    private ulong ClientOf(NodeId id) =>
        XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(_history.LatestIdOf(id).ToString()));
}
