using GraphRisk.Scoring.Texts;

namespace GraphRisk.Scoring.Features;

/// <summary>Whether a feature speaks of the client itself or of those it is tied to.</summary>
public enum FeatureScope
{
    Own,
    Graph,
}

/// <summary>A chapter of the score's reasons.</summary>
/// <param name="Name">Stable name, as stored and sent.</param>
public sealed record FeatureGroup(string Name, FeatureScope Scope)
{
    /// <summary>As shown, in English.</summary>
    public string Title => TextCatalogue.English[$"group.{Name}"];

    public static FeatureGroup Leverage { get; } = new("leverage", FeatureScope.Own);

    public static FeatureGroup Collateral { get; } = new("collateral", FeatureScope.Own);

    public static FeatureGroup Conduct { get; } = new("conduct", FeatureScope.Own);

    public static FeatureGroup Record { get; } = new("record", FeatureScope.Own);

    public static FeatureGroup Accounts { get; } = new("accounts", FeatureScope.Own);

    public static FeatureGroup Profile { get; } = new("profile", FeatureScope.Own);

    public static FeatureGroup OwnRemainder { get; } = new("own-remainder", FeatureScope.Own);

    public static FeatureGroup Guarantees { get; } = new("guarantees", FeatureScope.Graph);

    public static FeatureGroup Ownership { get; } = new("ownership", FeatureScope.Graph);

    public static FeatureGroup Network { get; } = new("network", FeatureScope.Graph);

    public static FeatureGroup CommonHoldings { get; } = new("common-holdings", FeatureScope.Graph);

    public static FeatureGroup Links { get; } = new("links", FeatureScope.Graph);

    /// <summary>Signals of others summed over one and two steps: read by the models that propagate over the links.</summary>
    public static FeatureGroup Propagated { get; } = new("propagated", FeatureScope.Graph);

    public static FeatureGroup ContagionRemainder { get; } = new("contagion-remainder", FeatureScope.Graph);

    /// <summary>What no single fact accounts for, per scope: the chapter of the collected reasons.</summary>
    public static FeatureGroup RemainderOf(FeatureScope scope) => scope == FeatureScope.Own ? OwnRemainder : ContagionRemainder;

    /// <summary>All groups in the order in which reasons show them.</summary>
    public static IReadOnlyList<FeatureGroup> All { get; } =
        [Leverage, Collateral, Conduct, Record, Accounts, Profile, OwnRemainder, Guarantees, Ownership, Network, CommonHoldings, Links, Propagated, ContagionRemainder];
}
