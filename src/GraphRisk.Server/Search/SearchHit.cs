using GraphRisk.Graph.Entitlements;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Server.Search;

/// <summary>How a text was found, best first.</summary>
public enum SearchMatch
{
    /// <summary>An identifier, contract, account or case number, whole.</summary>
    Identifier,

    /// <summary>The whole text, but for case, width, accents, traditional characters, spaces and punctuation.</summary>
    Exact,

    /// <summary>The beginning of the text.</summary>
    Prefix,

    /// <summary>The whole pinyin of a Chinese text.</summary>
    Pinyin,

    /// <summary>The beginning of the pinyin of a Chinese text.</summary>
    PinyinPrefix,

    /// <summary>All of its characters, in their order, with few others between: 深圳昌顺 in 深圳市昌顺融资租赁.</summary>
    Within,

    /// <summary>The pinyin of characters beside each other within a Chinese text.</summary>
    PinyinWithin,

    /// <summary>The first letters of the pinyin syllables.</summary>
    Initials,

    /// <summary>Most of the words, or pairs of Chinese characters.</summary>
    Words,
}

/// <summary>What is looked for.</summary>
/// <param name="Text">What was typed.</param>
/// <param name="AtVersion">Version of the store whose knowledge is searched.</param>
/// <param name="AsOf">Statements that begin to hold later are left out; ended ones count, so former names are found.</param>
public sealed record SearchRequest(string Text, long AtVersion, DateTimeOffset AsOf)
{
    /// <summary>Looks among the texts a snapshot was made of.</summary>
    public SearchRequest(string text, Snapshot snapshot)
        : this(text, snapshot.Stamp.Version, snapshot.Stamp.AsOf)
    {
        Entitlement = snapshot.Entitlement;
        Own = snapshot.OwnNodes;
    }

    /// <summary>Whose texts are searched.</summary>
    public Entitlement Entitlement { get; init; } = Entitlement.Whole;

    /// <summary>A client's own nodes, whose texts are searched whatever source states them.</summary>
    public IReadOnlyCollection<NodeId> Own { get; init; } = [];

    /// <summary>Node types to look among; null for all.</summary>
    public IReadOnlyCollection<string>? Types { get; init; }

    /// <summary>Ways to match; null for all.</summary>
    public IReadOnlyCollection<SearchMatch>? Ways { get; init; }

    /// <summary>Most hits of each kind of match.</summary>
    public int Limit { get; init; } = 500;
}

/// <summary>A text that was found.</summary>
/// <param name="Node">The record that states it; not the canonical node.</param>
/// <param name="Field">The field it stands in.</param>
/// <param name="Text">The text as stated.</param>
/// <param name="Match">How it was found.</param>
/// <param name="Score">0 to 1, falling with the kind of match, within a kind with the part of the text that was typed.</param>
public sealed record SearchHit(NodeId Node, string Field, string Text, SearchMatch Match, double Score);
