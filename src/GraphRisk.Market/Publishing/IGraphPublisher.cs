namespace GraphRisk.Market.Publishing;

/// <summary>
/// Where what was derived from the facts is shown beside them, for people who look at the graph itself. What is published
/// is never a fact: stores do not read it back and it is in no content hash.
/// </summary>
public interface IGraphPublisher : IAsyncDisposable
{
    /// <summary>
    /// Puts a publication in the place of the former one. Doing it again changes nothing; one that was broken off is
    /// completed by doing it again; of two at once the one begun last stays.
    /// </summary>
    /// <exception cref="PublicationSupersededException">Another publication has begun meanwhile; its content stays.</exception>
    /// <exception cref="Store.StoreUnavailableException">The server cannot be reached.</exception>
    ValueTask<PublicationReport> PublishAsync(Publication publication, CancellationToken cancellation = default);
}

/// <summary>What a publication wrote.</summary>
/// <param name="Nodes">Nodes that now stand.</param>
/// <param name="Relationships">Relationships that now stand.</param>
/// <param name="Dropped">Nodes and relationships of former publications that were dropped.</param>
public sealed record PublicationReport(long Nodes, long Relationships, long Dropped);

/// <summary>Another publication began while one was written; the later one stays.</summary>
public sealed class PublicationSupersededException() : Exception("Another publication began meanwhile; the later one stays.");
