using System.Collections.Frozen;
using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms.Linkage;

namespace GraphRisk.Market.Publishing;

/// <summary>Types of ties between parties. None is a name of the schema, so that none is taken for a fact.</summary>
public static class TieTypes
{
    /// <summary>A direct part of a company, all statements believed added up.</summary>
    public const string Owns = "OWNS";

    /// <summary>Control by majority of votes, alone and through companies under control.</summary>
    public const string Controls = "CONTROLS";

    /// <summary>Control by the parties of an agreement together.</summary>
    public const string JointlyControls = "JOINTLY_CONTROLS";

    private static readonly FrozenDictionary<LinkKind, string> OfKinds = new Dictionary<LinkKind, string>
    {
        [LinkKind.Control] = Controls,
        [LinkKind.Ownership] = Owns,
        [LinkKind.Agreement] = "ACTS_WITH",
        [LinkKind.LegalRepresentative] = "REPRESENTS",
        [LinkKind.Officer] = "SERVES",
        [LinkKind.Guarantee] = "BACKS",
        [LinkKind.Related] = "ASSOCIATED_WITH",
        [LinkKind.SharedAccount] = "SHARES_ACCOUNT_WITH",
        [LinkKind.SharedDevice] = "SHARES_DEVICE_WITH",
        [LinkKind.CommonHolding] = "INVESTS_WITH",
    }.ToFrozenDictionary();

    /// <summary>Every type, ordered by name.</summary>
    public static ImmutableArray<string> All { get; } = [.. OfKinds.Values.Append(JointlyControls).Order(StringComparer.Ordinal)];

    /// <summary>The type of links of a kind.</summary>
    public static string Of(LinkKind kind) => OfKinds[kind];
}
