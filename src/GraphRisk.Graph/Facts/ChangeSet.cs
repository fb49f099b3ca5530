using System.Collections.Immutable;

namespace GraphRisk.Graph.Facts;

/// <summary>What a change does to the knowledge of a fact.</summary>
public enum ChangeKind
{
    /// <summary>The fact is known from now on, in place of an earlier recording with the same id.</summary>
    Assert,

    /// <summary>The fact is no longer believed. Earlier readings still see it.</summary>
    Retract,
}

/// <summary>One change of knowledge.</summary>
/// <param name="Kind">Assertion or retraction.</param>
/// <param name="Fact">The fact; for a retraction, the fact as it was known.</param>
public readonly record struct Change(ChangeKind Kind, Fact Fact)
{
    public static Change Assert(Fact fact) => new(ChangeKind.Assert, fact);

    public static Change Retract(Fact fact) => new(ChangeKind.Retract, fact);
}

/// <summary>
/// Changes that become known together or not at all. Appending a set whose id the store already has changes nothing,
/// so a writer that lost the answer to its commit sends it again.
/// </summary>
/// <param name="Id">Identity, derived from the content's origin, such as a file's hash and the number of a batch.</param>
/// <param name="RecordedAt">When this becomes known, UTC; the store moves it forward where it lies before its latest.</param>
/// <param name="Author">Who or what writes: <c>import broker-B001/clients.csv</c>, <c>resolution</c>, a person.</param>
/// <param name="Changes">The changes in order; of several on one fact the last counts.</param>
public sealed record ChangeSet(string Id, DateTimeOffset RecordedAt, string Author, ImmutableArray<Change> Changes)
{
    /// <summary>The version of the store the changes rest on: they are appended only while it is the newest. Null where they rest on none.</summary>
    public long? ExpectedVersion { get; init; }
}
