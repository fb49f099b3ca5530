using System.Collections.Immutable;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Graph.Algorithms.Linkage;

/// <summary>How two parties are tied.</summary>
public enum LinkKind
{
    /// <summary>One controls the other by majority of votes, alone and through companies it controls.</summary>
    Control,

    /// <summary>One holds a part of the other at or above the threshold; the part is the value.</summary>
    Ownership,

    /// <summary>Both are bound by one agreement in force; the agreement is between them.</summary>
    Agreement,

    /// <summary>One represents the other in law.</summary>
    LegalRepresentative,

    /// <summary>One holds another office in the other.</summary>
    Officer,

    /// <summary>One guarantees the other's debt; the amount is the value, where there is one.</summary>
    Guarantee,

    /// <summary>A tie of family or association that a source states.</summary>
    Related,

    /// <summary>Both own one account; the account is between them.</summary>
    SharedAccount,

    /// <summary>One device signs in to accounts of both; the device is between them.</summary>
    SharedDevice,

    /// <summary>Both hold much of one security; the security is between them, the smaller part of it is the value.</summary>
    CommonHolding,
}

/// <summary>A relationship of the snapshot, as evidence.</summary>
/// <param name="Relationship">Name, such as <c>HOLDS</c>.</param>
/// <param name="Edge">Number of the edge in its <see cref="RelationshipTable"/>.</param>
public readonly record struct EdgeReference(string Relationship, int Edge)
{
    /// <summary>All edges of a type from one node to another.</summary>
    public static ImmutableArray<EdgeReference> Between(RelationshipTable table, int from, int to)
    {
        var (start, end) = table.Out.Range(from);
        var found = ImmutableArray.CreateBuilder<EdgeReference>();
        for (var edge = start; edge < end; edge++)
            if (table.Out.Target(edge) == to) found.Add(new EdgeReference(table.Type.GraphName, edge));
        return found.ToImmutable();
    }
}

/// <summary>One tie between two parties, with its evidence.</summary>
/// <param name="From">Node of the party the search came from.</param>
/// <param name="To">Node of the party it leads to.</param>
/// <param name="Kind">How they are tied.</param>
/// <param name="Strength">Above 0, at most 1.</param>
/// <param name="Value">Number on the tie, as the kind says; null where there is none.</param>
/// <param name="Via">Node between them, such as a device; -1 where the tie is direct.</param>
/// <param name="IsForward">Whether the relationship runs from <paramref name="From"/> to <paramref name="To"/>; true for ties without direction.</param>
/// <param name="Evidence">Relationships the tie rests on.</param>
public sealed record Link(
    int From, int To, LinkKind Kind, double Strength, decimal? Value, int Via, bool IsForward, ImmutableArray<EdgeReference> Evidence);
