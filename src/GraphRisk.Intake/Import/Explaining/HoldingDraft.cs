using GraphRisk.Intake.Import.Mapping;

namespace GraphRisk.Intake.Import.Explaining;

/// <summary>The draft for a table whose rows say who holds what part of which company: an owner, what it owns, a share or votes.</summary>
/// <param name="Columns">The columns used.</param>
/// <param name="Understood">How many are understood; 0 where it is no such table.</param>
/// <param name="Body">The nodes and facts of the mapping.</param>
internal sealed record HoldingDraft(DraftColumns Columns, int Understood, IReadOnlyList<string> Body)
{
    private static readonly (string Notion, string Words)[] Table =
    [
        ("owner", "owner holder shareholder parent investor 股东 股东名称 持有人 持有人名称 持股方 持股人 投资人 投资方 出资人 母公司"),
        ("owned", "owned company issuer subsidiary investee target 被投资企业 被投资公司 被持股公司 被持股企业 标的公司 标的企业 目标公司 公司 公司名称 企业 企业名称 子公司"),
        ("share", "share stake equity percent percentage sharepct ownership 持股比例 出资比例 股权比例 投资比例 股比 比例"),
        ("votes", "votes vote voting votingrights votingshare votespct 表决权 表决权比例 投票权 投票权比例"),
        ("since", "since from validfrom startdate 起始日 起始日期 生效日 生效日期 开始日期"),
        ("until", "until to validto enddate 截止日 截止日期 终止日 终止日期 结束日期"),
    ];

    /// <summary>The draft.</summary>
    public static HoldingDraft Of(SampleTable table)
    {
        var columns = new DraftColumns(table);
        foreach (var column in table.Columns)
            if ((ColumnGuess.NotionOf(column) == "kind" ? "kind" : NotionOf(column.Heading)) is { } notion && columns.Of(notion) is null) columns.Use(column, notion);
        var isOne = columns.Of("owner") is not null && columns.Of("owned") is not null && (columns.Of("share") ?? columns.Of("votes")) is not null;
        if (!isOne) return new HoldingDraft(columns, 0, []);
        columns.SetKey("owner", "owned", "since");
        return new HoldingDraft(columns, columns.Used.Count, [.. Lines(columns)]);
    }

    private static IEnumerable<string> Lines(DraftColumns columns)
    {
        var (owner, owned) = (columns.NameOf(columns.Of("owner")!), columns.NameOf(columns.Of("owned")!));
        yield return "nodes:";
        yield return columns.Of("kind") is { } kind
            ? $"  holder: {{ key: \"{{source}}:{{{owner}}}\", type: {{ Person: {{ {PartyDraft.Words(kind, columns, ColumnGuess.PersonWords)} }}, Company: {{ {PartyDraft.Words(kind, columns, ColumnGuess.CompanyWords)} }} }} }}"
            : $"  holder: {{ key: \"{{source}}:{{{owner}}}\", type: Company }}   # where persons are among them, name the column that tells: type: {{ Person: {{ kind: person }}, Company: {{ kind: company }} }}";
        yield return $"  company: {{ key: \"{{source}}:{{{owned}}}\", type: Company }}";
        yield return "facts:";
        foreach (var type in columns.Of("kind") is null ? (string?[])[null] : ["Person", "Company"])
            yield return $"  - {{ node: holder, {(type is null ? "" : $"as: {type}, ")}set: {{ name: {owner} }} }}";
        yield return $"  - {{ node: company, set: {{ name: {owned} }} }}";
        yield return "  - edge: HOLDS";
        yield return "    from: holder";
        yield return "    to: company";
        foreach (var time in (string[])["since", "until"])
            if (columns.Of(time) is { } column) yield return $"    {time}: {columns.NameOf(column)}";
        yield return "    set:";
        foreach (var part in (string[])["share", "votes"])
            if (columns.Of(part) is { } column) yield return $"      {part}: {PartOf(column, columns.NameOf(column))}";
    }

    /// <summary>A part is 0 to 1; a column that goes above that, or says so, is in percent.</summary>
    private static string PartOf(SampleColumn column, string name) =>
        column.Heading.AsSpan().ContainsAny('%', '％') || column.Heading.Contains("percent", StringComparison.OrdinalIgnoreCase) || column.Heading.Contains("pct", StringComparison.OrdinalIgnoreCase)
            || column.Values.Any(cell => cell.AsSpan().ContainsAny('%', '％') || (Numbers.TryDecimal(cell, out var number) && number > 1))
            ? $"{{ column: {name}, percent: true }}" : name;

    private static string? NotionOf(string heading)
    {
        var plain = HeadingWords.Plain(heading);
        return Array.Find(Table, row => row.Words.Split(' ').Contains(plain, StringComparer.Ordinal)).Notion;
    }
}
