using GraphRisk.Graph.Algorithms.Contagion;

namespace GraphRisk.Cli.Contagion;

/// <summary>A method of <c>graphrisk contagion</c>.</summary>
/// <param name="Name">Name to type.</param>
/// <param name="Others">Other names of it.</param>
/// <param name="Columns">What its files hold.</param>
/// <param name="Run">Reads the files and answers.</param>
internal sealed record ContagionMethod(string Name, string[] Others, string Columns, Func<string, ContagionRequest, ContagionReport> Run)
{
    private const string Debts = "network debtor, creditor, amount; nodes node, assets (outside the network), outside debt, equity (else the net worth)";

    /// <summary>All methods.</summary>
    public static IReadOnlyList<ContagionMethod> All { get; } =
    [
        new("eisenberg-noe", ["clearing"],
            $"What everybody pays. {Debts}; shock node, shock (part of its assets lost, 0 to 1) or loss (in money).",
            (name, request) => DebtMethods.Clear(name, request, BankruptcyCosts.None)),
        new("rogers-veraart", ["clearing-with-costs"],
            "The same with costs of bankruptcy: --recovery-on-assets, --recovery-on-claims.",
            (name, request) => DebtMethods.Clear(name, request, new BankruptcyCosts(request.RecoveryOnAssets, request.RecoveryOnClaims))),
        new("default-cascade", ["cascade", "furfine"],
            "Who falls round by round; --recovery. Files as above; the shock file may also have default (yes or no).",
            DebtMethods.Cascade),
        new("debtrank", ["debtrank-linear", "linear"],
            $"Part of its equity each loses. {Debts}, weight (else the equity); shock node, shock (part of its equity, 0 to 1), loss or default. "
            + "--changes FILE (debtor, creditor, amount) tells also what is lost after these debts changed.",
            (name, request) => DebtMethods.Rank(name, request, DebtRankRule.Linear)),
        new("debtrank-single-hit", ["single-hit"], "The same, each passing its distress on once.",
            (name, request) => DebtMethods.Rank(name, Unchanging(request), DebtRankRule.SingleHit)),
        new("debtrank-threshold", ["threshold"], "The same, only those in default passing it on.",
            (name, request) => DebtMethods.Rank(name, Unchanging(request), DebtRankRule.Threshold)),
        new("debtrank-differential", ["differential", "debtrank-nonlinear", "nonlinear"],
            "The same, passing on what the probability of default h exp(A (h - 1)) grows by; --alpha A, 0 being linear.",
            (name, request) => DebtMethods.Rank(name, Unchanging(request), DebtRankRule.Differential)),
        new("stress-propagation", ["propagation"],
            "Distress along weighted ties. network from (who fails), to (who bears it), weight (part of its worth that costs it), channel (optional: terms by kind of tie); shock node, shock.",
            TieMethods.Propagate),
        new("guarantee-calls", ["guarantees", "guarantee-chain"],
            "What is called from guarantors, circles included. network guarantor, debtor, amount (the most that is called) or coverage (the part, 0 to 1; else all), kind (optional: a surety without agreed shares, "
            + "as 连带责任, 一般保证 or joint and several, answers for what others cannot pay); nodes node, assets, debt; shock node, shock or loss of assets. Out: call (owed as guarantor), "
            + "shortfall (debt and calls beyond assets), residual (what nobody takes over), recourse (paid in others' stead), shortRound (when it first fell short, though others may have stood in).",
            TieMethods.Guarantees),
        new("fire-sale", ["fire-sales", "overlapping-portfolios", "greenwood-landier-thesmar"],
            "Sales that restore leverage. network investor, security, amount (or part, of the investor's assets); nodes node, leverage, assets for investors, price impact or depth for securities; "
            + "shock security, shock (move of the price, negative for a fall) or fall (0 to 1); --rounds, 1 where absent.",
            SaleMethods.FireSales),
        new("margin-spiral", ["spiral", "margin-calls"],
            "Sales on margin calls. network account, security, amount; nodes node, debt, call line, restore to for accounts, depth, suspended for securities; "
            + "shock as for fire-sale; --call-line, --restore-to and --depth for those that state none.",
            SaleMethods.Spiral),
        new("pagerank", ["personalised-pagerank", "personalized-pagerank", "ppr"],
            "Nearness to seeds. network from, to, weight (else 1); shock node, each row a seed; --alpha, 0.85 where absent.",
            TieMethods.PageRank),
    ];

    /// <summary>The method of a name.</summary>
    /// <exception cref="UserErrorException">There is none.</exception>
    public static ContagionMethod Find(string name) =>
        All.FirstOrDefault(method => method.Others.Prepend(method.Name).Contains(name, StringComparer.OrdinalIgnoreCase))
            ?? throw new UserErrorException($"'{name}' is no method. Methods: {string.Join(", ", All.Select(method => method.Name))}.");

    private static ContagionRequest Unchanging(ContagionRequest request) => request.Changes is null
        ? request : throw new UserErrorException("--changes goes with linear DebtRank only.");
}
