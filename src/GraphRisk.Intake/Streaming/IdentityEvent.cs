using System.Collections.Immutable;
using GraphRisk.Graph.Facts;

namespace GraphRisk.Intake.Streaming;

/// <summary>What became of a party by what was recorded.</summary>
public enum IdentityEventKind
{
    /// <summary>A record that is a party of its own: the party's id is that of the record, from now on.</summary>
    Minted,

    /// <summary>A record that came is of a party there was.</summary>
    Joined,

    /// <summary>What is known of a record changed, or the party it is of.</summary>
    Updated,

    /// <summary>Parties that were several are one.</summary>
    Merged,

    /// <summary>An id that was a party's leads to another's now.</summary>
    Redirected,

    /// <summary>Records that were of a party are one of their own.</summary>
    Parted,
}

/// <summary>Something that happened to the identity of a party.</summary>
/// <param name="Kind">What.</param>
/// <param name="Record">The record it is about; of a redirection the id that was a party's; of a merger and a parting the id of the party.</param>
/// <param name="Party">The id of the party it is of now.</param>
/// <param name="Others">Of a merger the ids that lead to the party now, of a parting the id of the party it was of; else none. Ascending.</param>
public readonly record struct IdentityEvent(IdentityEventKind Kind, NodeId Record, NodeId Party, ImmutableArray<NodeId> Others);
