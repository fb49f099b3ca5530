using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
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
    private readonly Dictionary<ulong, ulong> clientOfContract = [];
    private readonly HashSet<(ulong First, ulong Second)> sharedContracts = [];

    public Panel(DefaultHistory history, TrainingPlan plan, TrainingOptions options)
    {
        this.history = history;
        this.plan = plan;
        maximumRows = options.MaximumRows;
    }

    public IReadOnlyList<Observation> Observations => observations;

    /// <summary>Clients that are, under ids of their own, party to one contract.</summary>
    internal IReadOnlyCollection<(ulong First, ulong Second)> SharedContracts => sharedContracts;

    /// <summary>Adds the clients at risk of one quarter.</summary>
    /// <param name="quarter">Features of a snapshot as of one of the plan's dates.</param>
    public void Add(SnapshotFeatures quarter)
    {
        var asOf = quarter.Snapshot.Stamp.AsOfDay;
        if (!plan.AsOfDates.Contains(asOf))
            throw new ArgumentException($"{asOf:yyyy-MM-dd} is no quarter of the plan", nameof(quarter));
        var kept = Draw(quarter);
        parts.Add(quarter.Compute([.. kept.Select(one => one.Node)]));
        foreach (var (node, client) in kept)
        {
            var id = quarter.Snapshot.Nodes.IdOf(node);
            observations.Add(new Observation(
                client, asOf, quarter.Parties.IsCompany(quarter.Parties.IndexOf(node)),
                history.DefaultsWithin(id, asOf, plan.OutcomeUntil(asOf))));
            foreach (var contract in quarter.Market.Contracts.OfParty(node))
            {
                var key = HashOf(quarter.Snapshot.Nodes.IdOf(contract.Node));
                if (!clientOfContract.TryAdd(key, client) && clientOfContract[key] != client) sharedContracts.Add((clientOfContract[key], client));
            }
        }
    }

    /// <summary>The clients at risk of a quarter that are observed, each with the key its observations share.</summary>
    internal (int Node, ulong Client)[] Draw(SnapshotFeatures quarter)
    {
        var clients = quarter.Parties.Clients().Where(quarter.IsAtRisk).Select(node => (Node: node, Client: history.NumberOf(quarter.Snapshot.Nodes.IdOf(node)))).ToArray();
        var share = (double)maximumRows / Math.Max(1, (long)clients.Length * plan.AsOfDates.Count());
        return share >= 1 ? clients : [.. clients.Where(one => one.Client < share * ulong.MaxValue)];
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

    private static ulong HashOf(NodeId id) => XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(id.ToString()));
}
