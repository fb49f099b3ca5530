namespace GraphRisk.Scoring.Features;

/// <summary>Whether a feature speaks of the client itself or of those it is tied to.</summary>
public enum FeatureScope
{
    Own,
    Graph,
}

/// <summary>A chapter of the score's reasons.</summary>
/// <param name="Name">Stable name, as stored and sent.</param>
/// <param name="Title">As shown.</param>
public sealed record FeatureGroup(string Name, string Title, FeatureScope Scope)
{
    public static FeatureGroup Leverage { get; } = new("leverage", "Debt and collateral ratio", FeatureScope.Own);

    public static FeatureGroup Collateral { get; } = new("collateral", "Securities held", FeatureScope.Own);

    public static FeatureGroup Conduct { get; } = new("conduct", "Payment conduct", FeatureScope.Own);

    public static FeatureGroup Record { get; } = new("record", "Public record", FeatureScope.Own);

    public static FeatureGroup Accounts { get; } = new("accounts", "Published accounts", FeatureScope.Own);

    public static FeatureGroup Profile { get; } = new("profile", "Client relation", FeatureScope.Own);

    public static FeatureGroup OwnRemainder { get; } = new("own-remainder", "Own facts not known, and interplay", FeatureScope.Own);

    public static FeatureGroup Guarantees { get; } = new("guarantees", "Guarantees", FeatureScope.Graph);

    public static FeatureGroup Ownership { get; } = new("ownership", "Ownership and control", FeatureScope.Graph);

    public static FeatureGroup Network { get; } = new("network", "Network of exposures", FeatureScope.Graph);

    public static FeatureGroup CommonHoldings { get; } = new("common-holdings", "Common holdings", FeatureScope.Graph);

    public static FeatureGroup Links { get; } = new("links", "Linked parties", FeatureScope.Graph);

    public static FeatureGroup ContagionRemainder { get; } = new("contagion-remainder", "Facts of others not known, and interplay", FeatureScope.Graph);

    /// <summary>What no single fact accounts for, per scope: the chapter of the collected reasons.</summary>
    public static FeatureGroup RemainderOf(FeatureScope scope) => scope == FeatureScope.Own ? OwnRemainder : ContagionRemainder;

    /// <summary>All groups in the order in which reasons show them.</summary>
    public static IReadOnlyList<FeatureGroup> All { get; } =
        [Leverage, Collateral, Conduct, Record, Accounts, Profile, OwnRemainder, Guarantees, Ownership, Network, CommonHoldings, Links, ContagionRemainder];
}
