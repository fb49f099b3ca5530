using System.Collections.Frozen;

namespace GraphRisk.Workflow.Recovery;

/// <summary>Chinese for the codes in a request to freeze, which a court reads: kinds of assets, links, rights and contracts, causes of defaults, states. The code stands beside it, so that the page says what the JSON says.</summary>
internal static class FreezeWords
{
    private static readonly FrozenDictionary<string, string> Table = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [nameof(AssetKind.Account)] = "账户", [nameof(AssetKind.Position)] = "证券持仓", [nameof(AssetKind.PledgedShares)] = "质押证券", [nameof(AssetKind.ContractExcess)] = "合约超额担保物",
        [nameof(LinkCertainty.Certain)] = "确定", [nameof(LinkCertainty.Possible)] = "可能", [nameof(LinkCertainty.Doubtful)] = "存疑",
        [nameof(HolderStepKind.Control)] = "控制", [nameof(HolderStepKind.Nominee)] = "委托代持于", [nameof(HolderStepKind.Identity)] = "疑为同一人",
        [nameof(EncumbranceKind.Pledged)] = "质押", [nameof(EncumbranceKind.Frozen)] = "冻结", [nameof(EncumbranceKind.Blocked)] = "账户受限",
        ["MarginContract"] = "融资融券合约", ["PledgeContract"] = "股票质押合约", ["RepoContract"] = "约定购回合约",
        ["COLLATERAL"] = "担保物贬值", ["LIQUIDITY"] = "无力偿付", ["UNWILLING"] = "拒不偿付", ["LINKED_PARTY"] = "关联方或担保人出险", ["FRAUD"] = "欺诈", ["INSOLVENCY"] = "死亡、解散或破产", ["OTHER"] = "其他", ["UNKNOWN"] = "不详",
        ["DRAFTED"] = "已起草", ["APPROVED"] = "已批准", ["SENT"] = "已送交", ["GRANTED"] = "已准许", ["REFUSED"] = "已驳回", ["LIFTED"] = "已解除", ["EXPIRED"] = "已届满", ["WITHDRAWN"] = "已撤回",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>A text with its codes in Chinese, and behind it as it is in the JSON; a text without codes alone.</summary>
    public static string With(string text)
    {
        var words = string.Join(' ', text.Split(' ').Select(word => Table.GetValueOrDefault(word, word)));
        return words == text ? text : $"{words}（{text}）";
    }
}
