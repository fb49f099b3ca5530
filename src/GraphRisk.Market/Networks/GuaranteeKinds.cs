using System.Text.RegularExpressions;

namespace GraphRisk.Market.Networks;

/// <summary>
/// What the kind of a guarantee, as written, says of its guarantor beside others: whether it answers for what they cannot pay. A surety does
/// (保证, joint and several or general, Civil Code of the PRC art. 699), unless shares are agreed. What is no surety (抵押 and so on), says that shares are agreed (按份),
/// or says nothing, is taken for its share alone: then more is lost, and nobody is called for what nothing says.
/// </summary>
public static partial class GuaranteeKinds
{
    /// <summary>Whether the guarantor answers for the whole it guaranteed.</summary>
    /// <param name="kind">As written; null where nothing is.</param>
    public static bool IsWhole(string? kind) => kind is not null && Surety().IsMatch(kind) && !Shares().IsMatch(kind);

    [GeneratedRegex(@"连带|連帶|保证|保證|\bjoint|\bsurety|\bgeneral\b|\bguarantee", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Surety();

    [GeneratedRegex(@"按份|份额|份額|保证金|保證金|(非|不是|不属于|不屬於|不承担|不承擔|不负|不負|无|無)(连带|連帶)|\b(not|non|without|excluding)\W*(a\W+)?joint|\bpro[ -]?rata|\bshares?\b|(?<!joint and )(?<!joint & )\bseveral\b|deposit", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Shares();
}
