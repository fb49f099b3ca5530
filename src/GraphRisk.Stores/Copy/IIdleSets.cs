namespace GraphRisk.Stores.Copy;

/// <summary>
/// A store that can tell the ids of ChangeSets that changed nothing. They make no version and are in no content hash, yet a
/// store that did not know them would carry out such a set when it is sent again.
/// </summary>
internal interface IIdleSets
{
    /// <summary>The ids, ordered.</summary>
    IAsyncEnumerable<string> ReadIdleSetsAsync(CancellationToken cancellation = default);
}
