using System.Text.RegularExpressions;

namespace GraphRisk.Market.Networks;

/// <summary>
/// What kind of guarantee a text states. Where it states none, or does not say clearly, the guarantee is a general one (一般保证,
/// Civil Code of the PRC art. 686).
/// </summary>
public static partial class GuaranteeKinds
{
    /// <summary>Whether the guarantor answers jointly and severally (连带责任保证, art. 688).</summary>
    /// <param name="kind">As written; null where nothing is.</param>
    public static bool IsJoint(string? kind) => kind is not null && Joint().IsMatch(kind) && !NotJoint().IsMatch(kind);

    [GeneratedRegex("连带|連帶|joint", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Joint();

    [GeneratedRegex(@"(非|不是|不属于|不屬於|不承担|不承擔|不负|不負|无|無)(连带|連帶)|\b(not|non|without|excluding)\W*(a\W+)?joint", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NotJoint();
}
