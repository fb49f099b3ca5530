namespace GraphRisk.Stores.Copy;

/// <summary>A store that finds the recordings of facts recorded before without reading all its changes.</summary>
internal interface ILaterRecordings
{
    /// <summary>The recordings after the first of each fact, through a version, by their sequence.</summary>
    IAsyncEnumerable<LaterRecording> ReadLaterAsync(long throughVersion, CancellationToken cancellation = default);
}

/// <summary>A recording of a fact that was recorded before.</summary>
/// <param name="First">Sequence of the fact's first recording.</param>
/// <param name="Sequence">Sequence of this one.</param>
/// <param name="Version">Version of this one.</param>
internal readonly record struct LaterRecording(long First, long Sequence, long Version);
