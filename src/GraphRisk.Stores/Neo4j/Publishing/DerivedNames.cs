using System.Collections.Immutable;
using GraphRisk.Market.Publishing;

namespace GraphRisk.Stores.Neo4j.Publishing;

/// <summary>
/// Labels and types of what is derived. None is a name of the schema or of the store's own bookkeeping: that is how what
/// is derived is told from what is a fact.
/// </summary>
public static class DerivedNames
{
    public const string Party = "Party";
    public const string Client = "Client";
    public const string Score = "Score";
    public const string RiskGroup = "RiskGroup";
    public const string Finding = "Finding";
    public const string Publication = "Publication";
    public const string RecordedAs = "RECORDED_AS";
    public const string ClientAt = "CLIENT_AT";
    public const string Scored = "SCORED";
    public const string MemberOf = "MEMBER_OF";
    public const string About = "ABOUT";

    /// <summary>Labels of nodes that a publication replaces, each node with an <c>id</c> of its own.</summary>
    public static ImmutableArray<string> Labels { get; } = [Party, Score, RiskGroup, Finding];

    /// <summary>Types of relationships that a publication replaces.</summary>
    public static ImmutableArray<string> Types { get; } = [RecordedAs, ClientAt, Scored, MemberOf, About, .. TieTypes.All];
}
