using System.Globalization;
using System.Text;
using GraphRisk.TestKit;

namespace GraphRisk.Workflow.Tests.Recovery;

/// <summary>An asset that was planted, as the search must tell it.</summary>
/// <param name="What">Kind and labels: <c>Position A7/S3</c>.</param>
/// <param name="Certainty">How sure the link is.</param>
/// <param name="Rights">Under which rights, each <c>Pledged 40 M7 B2</c>, in order.</param>
/// <param name="Free">What is free, yuan; null where no price is known.</param>
internal sealed record PlantedAsset(string What, string Certainty, string Rights, decimal? Free);

/// <summary>
/// A market with cases planted into it: what each client has, in whose name, under whose rights, and what only looks like its own. The truth is written down while planting, by the hand that
/// draws; nothing of the program's own search is asked.
/// </summary>
internal sealed class PlantedAssets
{
    private const int Securities = 12;

    private readonly Random random;
    private readonly StringBuilder text = new();
    private readonly List<(string Holder, string Other)> undecided = [];
    private readonly Dictionary<string, List<PlantedAsset>> truth = [];
    private readonly string[] kinds = ["direct", "company", "chain", "pooled", "nominee-company", "nominee", "arrangement", "possible", "namesake", "minority", "doubtful", "joint"];
    private readonly Dictionary<string, bool> pledging = [];
    private int serial;

    private PlantedAssets(int seed) => random = new Random(seed);

    public static PlantedAssets Of(int seed, int cases)
    {
        var planted = new PlantedAssets(seed);
        for (var broker = 1; broker <= 4; broker++) planted.Line($"(B{broker}:Broker code=B{broker})");
        for (var security = 0; security < Securities; security++)
            planted.Line($"(S{security}:Security code=S{security}{(security == 5 ? "" : $" close={security + 2}.5")}{(security % 4 == 3 ? " suspended=true" : "")})");
        for (var at = 0; at < cases; at++) planted.Plant(at);
        return planted;
    }

    public IReadOnlyDictionary<string, List<PlantedAsset>> Truth => truth;

    public ILookup<string, string> Undecided => undecided.ToLookup(pair => pair.Holder, pair => pair.Other);

    public DrawnGraph Draw() => GraphText.Draw(text.ToString());

    private void Plant(int at)
    {
        var client = $"P{at}";
        Line($"({client}:Person name=王伟)");
        truth.Add(client, []);
        // Every case has each kind of place now and then, the first of them by turns so that none is rare.
        Put(client, kinds[at % kinds.Length]);
        for (var more = random.Next(3); more > 0; more--) Put(client, kinds[random.Next(kinds.Length)]);
    }

    private void Put(string client, string kind)
    {
        switch (kind)
        {
            case "direct": Holdings(client, client, "Certain"); break;
            case "company": Holdings(client, Company(client, 0.500001m), "Certain"); break;
            case "chain": Holdings(client, Company(Company(Company(client, 0.6m), 0.51m), 0.9m), "Certain"); break;
            case "pooled":
                var (left, right) = (Company(client, 0.7m), Company(client, 0.8m));
                var below = Company(left, 0.3m);
                Line($"({right})-[HOLDS share=0.2001]->({below})");
                Holdings(client, below, "Certain");
                break;
            case "nominee-company":
                var name = Nominee(client, "Person");
                var held = New("C");
                Line($"({name})-[HOLDS share=0.75 nominee=true]->({held}:Company name=代持有限公司)");
                Holdings(client, held, "Certain");
                Holdings(client, name, null);
                break;
            case "nominee": Holdings(client, Nominee(client, "Person"), "Possible"); break;
            case "arrangement": Holdings(client, Nominee(client, "Company kind=ARRANGEMENT"), "Certain"); break;
            case "possible":
                var range = New("C");
                Line($"({client})-[HOLDS shareMin=0.4 shareMax=0.8]->({range}:Company name=区间有限公司)");
                Holdings(client, range, "Possible");
                break;
            case "namesake": Holdings(client, NewParty("王伟"), null); break;
            case "minority": Holdings(client, Company(client, 0.5m), null); break;
            case "doubtful":
                var other = NewParty("王伟");
                undecided.Add((client, other));
                Holdings(client, random.Next(2) == 0 ? other : Company(other, 0.8m), "Doubtful");
                break;
            case "joint": Holdings(client, client, "Certain", NewParty("李娜")); break;
        }
    }

    /// <summary>An account with positions, or a contract, in somebody's name; the truth of it where it is the client's to be reached.</summary>
    private void Holdings(string client, string holder, string? certainty, string? owner = null)
    {
        // A holder pledges once or not at all, and has no other account then: so it is plain where the pledge lies.
        if (pledging.TryGetValue(holder, out var pledges) && pledges) return;
        if (pledging[holder] = !pledging.ContainsKey(holder) && random.Next(4) == 0)
        {
            Contract(client, holder, certainty);
            return;
        }

        var (account, broker, blocked) = (New("A"), random.Next(1, 5), random.Next(8) == 0);
        Line($"({holder})-[OWNS_ACCOUNT]->({account}:Account number={account}{(blocked ? " blocked=true" : "")})-[KEPT_AT]->(B{broker})");
        if (owner is not null) Line($"({owner})-[OWNS_ACCOUNT]->({account})");
        var (secures, excess, illiquid) = random.Next(5) == 0 ? Margin(holder, account) : (null, 0m, 0m);
        var whole = (secures is null ? "" : $"Pledged ALL {secures}") + (blocked ? $"{(secures is null ? "" : "; ")}Blocked ALL" : "");
        Add(client, certainty, $"Account {account}", whole.Replace(" ALL", "", StringComparison.Ordinal), null);
        foreach (var security in Enumerable.Range(0, Securities).Where(_ => random.Next(6) == 0))
        {
            var quantity = random.Next(1, 100);
            var frozen = random.Next(3) switch { 0 => random.Next(0, quantity + 1), 1 => 0, _ => -1 };
            Line($"({account})-[POSITION quantity={quantity}{(frozen < 0 ? "" : $" frozen={frozen}")}]->(S{security})");
            var rights = whole.Length > 0 ? whole.Replace("ALL", $"{quantity}", StringComparison.Ordinal) : frozen > 0 ? $"Frozen {frozen}" : "";
            if (security % 4 == 3) illiquid += quantity * (PriceOf(security) ?? 0m);
            var under = whole.Length > 0 ? quantity : Math.Max(frozen, 0);
            Add(client, certainty, $"Position {account}/S{security}", rights, PriceOf(security) is { } price ? security % 4 == 3 ? 0m : (quantity - under) * price : null);
        }

        if (excess > 0) Add(client, certainty, $"ContractExcess {secures!.Split(' ')[0]}", "", Math.Max(0m, excess - illiquid));
    }

    /// <summary>Shares pledged to a broker, in an account whose position says nothing of it, or in none that is known.</summary>
    private void Contract(string client, string holder, string? certainty)
    {
        var (contract, broker, security, quantity) = (New("K"), random.Next(1, 5), random.Next(Securities), random.Next(10, 200));
        var closed = random.Next(5) == 0;
        var debt = random.Next(1, 600);
        Line($"({holder})-[CONTRACTED]->({contract}:PledgeContract contractNumber={contract} status={(closed ? "CLOSED" : "OPEN")} debt={debt})-[GRANTED_BY]->(B{broker})");
        Line($"({contract})-[PLEDGED quantity={quantity}]->(S{security})");
        if (closed) return;
        var value = quantity * PriceOf(security);
        Add(client, certainty, $"PledgedShares {contract}/S{security}", $"Pledged {quantity} {contract} B{broker}", value is null ? null : 0m);
        if (value > debt) Add(client, certainty, $"ContractExcess {contract}", "", security % 4 == 3 ? 0m : value - debt);
        var (account, held) = (New("A"), quantity + random.Next(0, 30));
        Line($"({holder})-[OWNS_ACCOUNT]->({account}:Account number={account})-[KEPT_AT]->(B{broker})");
        Add(client, certainty, $"Account {account}", "", null);
        var frozen = Math.Min(held, quantity + 1);
        Line($"({account})-[POSITION quantity={held} frozen={frozen}]->(S{security})");
        Add(client, certainty, $"Position {account}/S{security}", $"Pledged {quantity} {contract} B{broker}{(frozen > quantity ? $"; Frozen {frozen - quantity}" : "")}",
            PriceOf(security) is { } price ? security % 4 == 3 ? 0m : (held - frozen) * price : null);
    }

    /// <summary>A margin contract that an account secures: what its holder owes it for, and what it has beyond that in cash.</summary>
    private (string? Right, decimal Excess, decimal Illiquid) Margin(string holder, string account)
    {
        var (contract, debt, cash, broker) = (New("M"), random.Next(0, 1000), random.Next(0, 2000), random.Next(1, 5));
        Line($"({holder})-[CONTRACTED]->({contract}:MarginContract contractNumber={contract} status=OPEN debt={debt} cash={cash} marketValue=0)-[GRANTED_BY]->(B{broker})");
        Line($"({contract})-[SECURED_BY]->({account})");
        return ($"{contract} B{broker}", cash - debt, 0m);
    }

    private void Add(string client, string? certainty, string what, string rights, decimal? free)
    {
        if (certainty is not null) truth[client].Add(new PlantedAsset(what, certainty, rights, free));
    }

    private string Company(string owner, decimal share)
    {
        var company = New("C");
        Line(string.Create(CultureInfo.InvariantCulture, $"({owner})-[HOLDS share={share}]->({company}:Company name=华信有限公司)"));
        return company;
    }

    private string Nominee(string client, string type)
    {
        var nominee = New("N");
        Line(random.Next(2) == 0 || type.Contains("ARRANGEMENT", StringComparison.Ordinal)
            ? $"({client})-[RELATED_TO kind=nominator]->({nominee}:{type} name=代名)"
            : $"({nominee}:{type} name=代名)-[RELATED_TO kind=nominee]->({client})");
        return nominee;
    }

    private string NewParty(string name)
    {
        var party = New("X");
        Line($"({party}:Person name={name})");
        return party;
    }

    private static decimal? PriceOf(int security) => security == 5 ? null : security + 2.5m;

    private string New(string prefix) => $"{prefix}{serial++}x";

    private void Line(string line) => text.Append(line).Append('\n');
}
