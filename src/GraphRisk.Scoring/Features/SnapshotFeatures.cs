using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Scoring.Features.Books;
using GraphRisk.Scoring.Trees;

namespace GraphRisk.Scoring.Features;

/// <summary>
/// The features of the clients of one snapshot. Everything is read from the snapshot, so nothing that began after its
/// as-of can enter. Opening costs a few passes over all parties; a client then costs what its own contracts, holdings
/// and ties cost. Matrices are filled in chunks: memory is the chunk, not the market. Safe for concurrent readers.
/// </summary>
public sealed class SnapshotFeatures
{
    private readonly MarketBooks books;

    internal SnapshotFeatures(MarketBooks books) => this.books = books;

    public Snapshot Snapshot => books.Snapshot;

    public Parties Parties => books.Parties;

    /// <summary>Which other parties make up the features that are sums over others.</summary>
    public PartsOfOthers Others => new(books);

    /// <summary>Whether the client owes anything under an open contract: only such a client can default.</summary>
    public bool HasDebt(int node) => books.Contracts.Debt[books.Parties.IndexOf(node)] > 0;

    /// <summary>One row per client, one column per feature of <see cref="FeatureSet.Features"/>.</summary>
    /// <param name="clients">Nodes of persons or companies.</param>
    /// <param name="meter">Pays for it, client by client.</param>
    /// <exception cref="ArgumentException">A node is no party.</exception>
    public FeatureMatrix Compute(ReadOnlySpan<int> clients, WorkMeter? meter = null)
    {
        meter ??= WorkMeter.Unlimited;
        var matrix = new FeatureMatrix(clients.Length, FeatureSet.Features.Count);
        var readers = FeatureSet.Families.Select(family => (family.Features.Count, Reader: family.Open(books))).ToArray();
        for (var row = 0; row < clients.Length; row++)
        {
            meter.Charge(WorkUnit.Nodes, matrix.Columns);
            var party = books.Parties.IndexOf(clients[row]);
            if (party < 0)
                throw new ArgumentException($"{Snapshot.Nodes.IdOf(clients[row])} is no party", nameof(clients));
            var rest = matrix.RowForWriting(row);
            foreach (var (count, reader) in readers)
            {
                reader.Read(clients[row], party, rest[..count]);
                rest = rest[count..];
            }
        }
        return matrix;
    }
}
