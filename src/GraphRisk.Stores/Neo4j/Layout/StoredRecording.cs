using GraphRisk.Graph.Facts;

namespace GraphRisk.Stores.Neo4j.Layout;

/// <summary>A recording with what it does.</summary>
/// <param name="Recording">The recording.</param>
/// <param name="Kind">Assertion or retraction.</param>
/// <param name="Closed">Version at which it stopped being believed; the greatest number while it is.</param>
internal readonly record struct StoredRecording(Recording Recording, ChangeKind Kind, long Closed)
{
    /// <summary>A recording that is believed; null where there is none to read.</summary>
    public static StoredRecording? Believed(Recording? recording) => recording is null ? null : new(recording, ChangeKind.Assert, long.MaxValue);

    /// <summary>Whether it was believed at a version.</summary>
    public bool IsBelievedAt(long version) => Kind == ChangeKind.Assert && Recording.Version <= version && Closed > version;
}
