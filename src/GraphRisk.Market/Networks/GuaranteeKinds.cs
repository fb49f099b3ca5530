namespace GraphRisk.Market.Networks;

/// <summary>
/// What kind of guarantee a text states. Where it states none, or does not say clearly, the guarantee is a general one (一般保证,
/// Civil Code of the PRC art. 686).
/// </summary>
public static class GuaranteeKinds
{
    private static readonly string[] Joint = ["连带", "連帶", "joint"];

    /// <summary>Whether the guarantor answers jointly and severally (连带责任保证, art. 688).</summary>
    /// <param name="kind">As written; null where nothing is.</param>
    public static bool IsJoint(string? kind) => kind is not null && Array.Exists(Joint, word => kind.Contains(word, StringComparison.OrdinalIgnoreCase));
}
