using System.Collections.Immutable;
using GraphRisk.Graph.Facts;

namespace GraphRisk.Stores.Erasure;

/// <summary>What the erasure of a client takes out of its store.</summary>
/// <param name="Parties">The records of the client.</param>
/// <param name="Nodes">Every node that goes: those records, and all that belongs to the client alone.</param>
/// <param name="Shared">Nodes that belong to somebody else, too: they stay, and what ties them to the client goes.</param>
/// <param name="Tombstones">Recordings that become tombstones, in every version.</param>
/// <param name="Struck">Recordings of others in which something is struck out.</param>
/// <param name="Sought">What tells who the client is, and nobody else: it is struck out wherever it stands.</param>
/// <param name="Swept">Those of them that are found among bytes, too: a number of the client that others' longer numbers hold is not.</param>
/// <param name="Ambiguous">What the client's records say that others say of themselves, too, such as a common name or an address lived at together: outside of the client's records it stays.</param>
/// <param name="LastDays">By node type, the last day on which anything of the client began to hold or ended.</param>
public sealed record ErasurePlan(
    ImmutableArray<NodeId> Parties, ImmutableArray<NodeId> Nodes, ImmutableArray<NodeId> Shared, long Tombstones, long Struck, SoughtTexts Sought, SoughtTexts Swept, ImmutableArray<string> Ambiguous,
    ImmutableSortedDictionary<string, DateTimeOffset> LastDays);

/// <summary>What an erasure did to its store.</summary>
/// <param name="Number">Its number in the store, from 1.</param>
/// <param name="Version">The newest version then.</param>
/// <param name="Tombstones">Recordings that became tombstones.</param>
/// <param name="Struck">Recordings of others in which something was struck out.</param>
/// <param name="HashBefore">Content hash up to the version before.</param>
/// <param name="HashAfter">And after.</param>
public sealed record ErasedStore(long Number, long Version, long Tombstones, long Struck, string HashBefore, string HashAfter);

/// <summary>An erasure as its store has noted it.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="At">When.</param>
/// <param name="Version">The newest version then.</param>
/// <param name="HashBefore">Content hash up to the version before.</param>
/// <param name="HashAfter">And after.</param>
public sealed record NotedErasure(long Number, DateTimeOffset At, long Version, string HashBefore, string HashAfter);
