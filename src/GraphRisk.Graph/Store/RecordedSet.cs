namespace GraphRisk.Graph.Store;

/// <summary>A ChangeSet as the store recorded it, without its changes.</summary>
/// <param name="Version">The version it made.</param>
/// <param name="Id">Identity the writer gave it.</param>
/// <param name="Author">Who or what wrote it.</param>
public readonly record struct RecordedSet(StoreVersion Version, string Id, string Author);
