namespace GraphRisk.Cli.Input;

/// <summary>What a column of a file says, under whichever of several headings it has there.</summary>
/// <param name="Name">The name used in messages and help.</param>
/// <param name="Others">Other names; case, spaces, dashes and underscores do not count.</param>
internal sealed record HeadingRole(string Name, params string[] Others)
{
    public static HeadingRole Node { get; } = new("node", "id", "name", "bank", "firm", "company", "institution", "client", "account", "investor", "fund", "party", "entity", "security", "asset", "stock", "ticker", "code", "key", "label");

    public static HeadingRole Debtor { get; } = new("debtor", "borrower", "from", "source", "src", "obligor", "payer", "issuer");

    public static HeadingRole Creditor { get; } = new("creditor", "lender", "to", "target", "dst", "destination", "payee", "obligee");

    public static HeadingRole Amount { get; } = new("amount", "owed", "exposure", "weight", "value", "liability", "debt", "loan", "principal", "outstanding", "balance");

    public static HeadingRole Guarantor { get; } = new("guarantor", "surety", "from", "source", "src");

    public static HeadingRole Guaranteed { get; } = new("guaranteed", "debtor", "borrower", "beneficiary", "to", "target", "dst");

    public static HeadingRole Coverage { get; } = new("coverage", "part", "share", "ratio", "weight");

    public static HeadingRole Guarantee { get; } = new("amount", "guaranteed amount", "value", "liability", "exposure");

    public static HeadingRole GuaranteeKind { get; } = new("kind", "guarantee kind", "type");

    public static HeadingRole Holder { get; } = new("holder", "account", "investor", "fund", "client", "owner", "bank", "portfolio", "from", "source");

    public static HeadingRole Security { get; } = new("security", "asset", "stock", "ticker", "instrument", "isin", "code", "to", "target");

    public static HeadingRole Holding { get; } = new("amount", "value", "market value", "holding", "exposure", "weight");

    public static HeadingRole Part { get; } = new("part", "share", "fraction");

    public static HeadingRole From { get; } = new("from", "source", "src", "debtor", "borrower", "guaranteed", "company");

    public static HeadingRole To { get; } = new("to", "target", "dst", "destination", "creditor", "lender", "guarantor", "holder");

    public static HeadingRole Weight { get; } = new("weight", "impact", "amount", "value", "exposure", "share");

    public static HeadingRole Channel { get; } = new("channel", "type", "layer", "kind", "relationship");

    public static HeadingRole Assets { get; } = new("assets", "outside assets", "external assets", "total", "total assets", "means", "cash");

    public static HeadingRole Equity { get; } = new("equity", "capital", "net worth", "own funds", "buffer", "capital buffer");

    public static HeadingRole OutsideDebt { get; } = new("outside debt", "outside", "external debt", "external liabilities", "outside liabilities", "other debt", "deposits", "debt");

    public static HeadingRole Debt { get; } = new("debt", "loan", "owed", "liabilities", "outside debt", "liability");

    public static HeadingRole Importance { get; } = new("weight", "importance", "size", "value");

    public static HeadingRole CallLine { get; } = new("call line", "line", "maintenance", "maintenance ratio", "margin line");

    public static HeadingRole RestoreTo { get; } = new("restore to", "restore", "restore line", "target ratio");

    public static HeadingRole Leverage { get; } = new("leverage");

    public static HeadingRole PriceImpact { get; } = new("price impact", "impact");

    public static HeadingRole Depth { get; } = new("depth", "market depth");

    public static HeadingRole Suspended { get; } = new("suspended", "is suspended", "halted");

    public static HeadingRole Shock { get; } = new("shock", "move", "stress", "distress", "return");

    public static HeadingRole Fall { get; } = new("fall", "drop", "decline");

    public static HeadingRole Loss { get; } = new("loss", "losses", "amount");

    public static HeadingRole Default { get; } = new("default", "in default", "defaulted", "failed");

    /// <summary>All names, the first one in messages.</summary>
    public IEnumerable<string> Names => Others.Prepend(Name);

    /// <summary>Number of the column that has this role, the earliest name deciding; -1 where none has.</summary>
    public int In(IReadOnlyList<string> header)
    {
        foreach (var name in Names)
            for (var column = 0; column < header.Count; column++)
                if (Plain(header[column]) == Plain(name)) return column;
        return -1;
    }

    /// <summary>A name without what does not count.</summary>
    public static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
