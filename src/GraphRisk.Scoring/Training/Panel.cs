using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
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
/// Clients over quarters: features as of each, and what happened after. Only clients at risk on the day are in it: those who
/// owe something and are not in default (<see cref="Market.Credit.Defaults"/>). The others cannot enter default, and would
/// flatter every measure; one who was cured is at risk again. Built quarter by quarter, so that only one snapshot is needed at
/// a time.
/// </summary>
public sealed class Panel
{
    private readonly DefaultHistory history;
    private readonly TrainingPlan plan;
    private readonly int maximumRows;
    private readonly List<FeatureMatrix> parts = [];
    private readonly List<Observation> observations = [];

    public Panel(DefaultHistory history, TrainingPlan plan, TrainingOptions options)
    {
        this.history = history;
        this.plan = plan;
        maximumRows = options.MaximumRows;
    }

    public IReadOnlyList<Observation> Observations => observations;

    /// <summary>Adds the clients at risk of one quarter.</summary>
    /// <param name="quarter">Features of a snapshot as of one of the plan's dates.</param>
    public void Add(SnapshotFeatures quarter)
    {
        var asOf = quarter.Snapshot.Stamp.AsOfDay;
        if (!plan.AsOfDates.Contains(asOf))
            throw new ArgumentException($"{asOf:yyyy-MM-dd} is no quarter of the plan", nameof(quarter));
        var clients = quarter.Parties.Clients().Where(quarter.IsAtRisk).ToArray();
        var kept = Sample(quarter, clients);
        parts.Add(quarter.Compute(kept));
        foreach (var node in kept)
        {
            var id = quarter.Snapshot.Nodes.IdOf(node);
            observations.Add(new Observation(
                history.NumberOf(id), asOf, quarter.Parties.IsCompany(quarter.Parties.IndexOf(node)),
                history.DefaultsWithin(id, asOf, plan.OutcomeUntil(asOf))));
        }
    }

    /// <summary>All rows, in the order of <see cref="Observations"/>.</summary>
    public FeatureMatrix Matrix()
    {
        var matrix = new FeatureMatrix(observations.Count, FeatureSet.Features.Count);
        var row = 0;
        foreach (var part in parts)
        {
            for (var i = 0; i < part.Rows; i++)
                part.Row(i).CopyTo(matrix.RowForWriting(row++));
        }
        return matrix;
    }

    /// <summary>SHA-256 of all rows: who was observed when, features and outcome.</summary>
    public string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> head = stackalloc byte[14];
        foreach (var row in observations)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(head, row.Client);
            BinaryPrimitives.WriteInt32LittleEndian(head[8..], row.AsOf.DayNumber);
            (head[12], head[13]) = (row.IsCompany ? (byte)1 : (byte)0, row.Defaulted ? (byte)1 : (byte)0);
            hash.AppendData(head);
        }
        foreach (var part in parts)
            hash.AppendData(MemoryMarshal.AsBytes(part.Values));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private int[] Sample(SnapshotFeatures quarter, int[] clients)
    {
        var share = (double)maximumRows / Math.Max(1, (long)clients.Length * plan.AsOfDates.Count());
        return share >= 1
            ? clients
            : [.. clients.Where(node => history.NumberOf(quarter.Snapshot.Nodes.IdOf(node)) < share * ulong.MaxValue)];
    }
}
