using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market;
using GraphRisk.Market.Contagion;
using GraphRisk.Scoring.Trees;

namespace GraphRisk.Scoring.Features;

/// <summary>
/// The features of the clients of one snapshot. Everything is read from the snapshot, so nothing that began after its
/// as-of can enter. Opening costs a few passes over all parties; a client then costs what its own contracts, holdings
/// and ties cost. Matrices are filled in chunks: memory is the chunk, not the market. Safe for concurrent readers.
/// </summary>
public sealed class SnapshotFeatures
{
    internal SnapshotFeatures(MarketReading market) => Market = market;

    /// <summary>The reading everything is taken from.</summary>
    public MarketReading Market { get; }

    public Snapshot Snapshot => Market.Snapshot;

    public Parties Parties => Market.Parties;

    /// <summary>Which other parties make up the features that are sums over others.</summary>
    public PartsOfOthers OthersOf(WorkMeter meter) => new(Market, meter);

    /// <summary>Whether the client owes anything: only such a client can default.</summary>
    public bool HasDebt(int node) => Market.Contracts.DebtOf(node) > 0;

    /// <summary>Whether the client can enter default: it owes something and is not in default already.</summary>
    public bool IsAtRisk(int node) => HasDebt(node) && !Market.Defaults.IsInDefault(node);

    /// <summary>One row per client, one column per feature of <see cref="FeatureSet.Features"/>.</summary>
    /// <param name="clients">Nodes of persons or companies.</param>
    /// <param name="meter">Pays for it, client by client.</param>
    /// <param name="columns">Those that will be read; a family with none of them is not computed and stays unknown. Null for all.</param>
    /// <exception cref="ArgumentException">A node is no party.</exception>
    public FeatureMatrix Compute(ReadOnlySpan<int> clients, WorkMeter? meter = null, IReadOnlyList<int>? columns = null) =>
        Compute(clients, new Neighbourhoods(Market, meter ?? WorkMeter.Unlimited), meter ?? WorkMeter.Unlimited, columns);

    /// <summary>The same with other neighbourhoods than the market has.</summary>
    internal FeatureMatrix Compute(ReadOnlySpan<int> clients, Neighbourhoods around, WorkMeter meter, IReadOnlyList<int>? columns = null)
    {
        var matrix = new FeatureMatrix(clients.Length, FeatureSet.Features.Count);
        var isRead = FeatureSet.FamiliesRead(columns);
        var readers = FeatureSet.Families
            .Select((family, i) => (family.Features.Count, Reader: isRead[i] ? family.Open(Market, around, meter) : null)).ToArray();
        for (var row = 0; row < clients.Length; row++)
        {
            meter.Charge(WorkUnit.Nodes, matrix.Columns);
            var party = Parties.IndexOf(clients[row]);
            if (party < 0)
                throw new ArgumentException($"{Snapshot.Nodes.IdOf(clients[row])} is no party", nameof(clients));
            var rest = matrix.RowForWriting(row);
            foreach (var (count, reader) in readers)
            {
                reader?.Read(clients[row], party, rest[..count]);
                rest = rest[count..];
            }
        }
        return matrix;
    }
}
