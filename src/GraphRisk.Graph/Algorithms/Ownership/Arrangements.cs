using System.Collections.Frozen;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Graph.Algorithms.Ownership;

/// <summary>
/// For whom trusts and other arrangements hold. An arrangement (kind <c>ARRANGEMENT</c>) is no owner of anything: those named in its
/// deed are, each by its role, which ties between it and them state (<c>RELATED_TO</c> by its kind, <c>OFFICER_OF</c> by its role).
/// What it holds is taken apart:
/// <list type="bullet">
/// <item>the equity is for the beneficiaries, or, where none is named, for the settlors. A sole one has the whole; of several each may
/// have anything up to the whole, an equal part at best guess, since deeds are not public;</item>
/// <item>the votes are cast by the trustees, equal parts of them at best guess; a sole trustee commands them for certain where
/// nobody else is named who may;</item>
/// <item>settlors and protectors may command the votes, by powers kept in the deed: none for certain, at most all.</item>
/// </list>
/// Whoever holds parts of the arrangement itself, as of a fund, keeps the equity by the chain of holdings. Of an arrangement for which
/// nobody is named nothing better is known: it stands for itself, and a finding says so. What stands behind a party to an
/// arrangement that is an arrangement too is looked through in turn.
/// </summary>
internal sealed class Arrangements
{
    private const string Kind = "ARRANGEMENT";
    private const int MostLayers = 8;

    /// <summary>What roles are called, in the words of BODS, of registers and of deeds; the first that a text contains counts.</summary>
    private static readonly (string Word, Role Role)[] Words =
    [
        ("beneficiar", Role.Beneficiary), ("rightToProfitOrIncome", Role.Beneficiary), ("enjoymentAndUse", Role.Beneficiary), ("受益", Role.Beneficiary),
        ("trustee", Role.Trustee), ("受托", Role.Trustee), ("protector", Role.Protector), ("appointor", Role.Protector), ("保护人", Role.Protector), ("监察人", Role.Protector),
        ("settlor", Role.Settlor), ("settler", Role.Settlor), ("grantor", Role.Settlor), ("trustor", Role.Settlor), ("委托", Role.Settlor), ("设立人", Role.Settlor),
    ];

    private readonly FrozenDictionary<int, Deed> deeds;

    private Arrangements() => deeds = FrozenDictionary<int, Deed>.Empty;

    public Arrangements(Snapshot snapshot)
    {
        var found = new Dictionary<int, Deed>();
        var company = snapshot.Catalog.Node("Company");
        var kinds = snapshot.Nodes.ColumnOf(company, company.GetField("kind"));
        if (kinds is not null)
            foreach (var node in snapshot.Nodes.OfType("Company"))
                if (kinds.Get(snapshot.Nodes.RowOf(node))?.AsString() == Kind) found.Add(node, Deed.Of(snapshot, node));

        // What has a settlor, a beneficiary or a protector is an arrangement, where nothing else is said of what it is.
        var ties = snapshot.Relationship("RELATED_TO");
        var words = ties.ColumnOf("kind");
        for (var from = 0; words is not null && from < ties.Out.NodeCount; from++)
        {
            var (start, end) = ties.Out.Range(from);
            for (var edge = start; edge < end; edge++)
                if (RoleOf(words.Get(edge)?.AsString()) is Role.Settlor or Role.Beneficiary or Role.Protector && ties.Out.Target(edge) is var to && snapshot.Nodes.TypeOf(to) == company
                    && snapshot.Nodes.Get(to, "kind")?.AsString() is null or "UNKNOWN" && !found.ContainsKey(to))
                    found.Add(to, Deed.Of(snapshot, to));
        }

        deeds = found.ToFrozenDictionary();
    }

    /// <summary>There are none.</summary>
    public static Arrangements None { get; } = new();

    private enum Role
    {
        Beneficiary,
        Settlor,
        Trustee,
        Protector,
    }

    /// <summary>Whether a word names a part in an arrangement.</summary>
    public static bool NamesRole(string said) => RoleOf(said) is not null;

    /// <summary>The interest of the Beneficial Ownership Data Standard that a word names a part by; null where it names none.</summary>
    public static string? InterestOf(string said) => RoleOf(said) switch
    {
        Role.Beneficiary => "beneficiaryOfLegalArrangement",
        Role.Settlor => "settlor",
        Role.Trustee => "trustee",
        Role.Protector => "protector",
        _ => null,
    };

    /// <summary>Whether a party is an arrangement of which parties are named by their roles.</summary>
    public bool IsLookedThrough(int node) => deeds.TryGetValue(node, out var deed) && !deed.IsEmpty;

    /// <summary>Whether a party is an arrangement for which nobody is named.</summary>
    public bool IsUnknown(int node) => deeds.TryGetValue(node, out var deed) && deed is { IsEmpty: true, HasHolders: false };

    /// <summary>Whether a party is an arrangement.</summary>
    public bool IsArrangement(int node) => deeds.ContainsKey(node);

    /// <summary>Whether nobody is one.</summary>
    public bool AreNone => deeds.Count == 0;

    /// <summary>Whether the parts of those for whom an arrangement holds are a guess.</summary>
    public bool IsShared(int node) => deeds.TryGetValue(node, out var deed) && deed is { HasHolders: false, Owners.Length: > 1 };

    /// <summary>The holding itself, or those of the parties for whom an arrangement holds it.</summary>
    public IEnumerable<Holding> OwnersOf(Holding holding) => deeds.Count == 0 || !IsLookedThrough(holding.Holder) ? [holding] : OwnersOf(holding, []);

    private static Role? RoleOf(string? said)
    {
        if (said is null) return null;
        foreach (var (word, role) in Words)
            if (said.Contains(word, StringComparison.OrdinalIgnoreCase)) return role;
        return null;
    }

    private IEnumerable<Holding> OwnersOf(Holding holding, HashSet<int> above)
    {
        if (!IsLookedThrough(holding.Holder) || above.Count == MostLayers || above.Contains(holding.Holder)) return [holding];
        above = [.. above, holding.Holder];
        return deeds[holding.Holder].Divide(holding).SelectMany(own => own.Holder == holding.Holder ? [own] : OwnersOf(own, above));
    }

    /// <summary>Who is named in an arrangement's deed, by role.</summary>
    private sealed class Deed
    {
        private static readonly ShareInterval None = ShareInterval.Exactly(0);

        private int[] trustees = [];
        private int[] powers = [];

        private Deed()
        {
        }

        public int[] Owners { get; private set; } = [];

        public bool HasHolders { get; private init; }

        public bool IsEmpty => Owners.Length + trustees.Length + powers.Length == 0;

        public static Deed Of(Snapshot snapshot, int node)
        {
            var roles = new SortedSet<(Role Role, int Party)>();
            Gather(snapshot, snapshot.Relationship("RELATED_TO"), "kind", node, roles, bothWays: true);
            Gather(snapshot, snapshot.Relationship("OFFICER_OF"), "role", node, roles, bothWays: false);
            int[] Having(Role role) => [.. roles.Where(one => one.Role == role).Select(one => one.Party)];
            var (beneficiaries, settlors) = (Having(Role.Beneficiary), Having(Role.Settlor));
            return new Deed
            {
                HasHolders = snapshot.Relationship("HOLDS").In.Degree(node) > 0,
                Owners = beneficiaries.Length > 0 ? beneficiaries : settlors,
                trustees = Having(Role.Trustee),
                powers = [.. settlors.Concat(Having(Role.Protector)).Distinct()],
            };
        }

        public IEnumerable<Holding> Divide(Holding holding)
        {
            var (owners, whole) = (HasHolders ? [] : Owners, holding.Votes);
            if (owners.Length == 0) yield return holding with { Votes = trustees.Length > 0 ? None : whole };
            // Where no trustee is named, who has the benefit may command the votes.
            foreach (var owner in owners) yield return holding with { Holder = owner, Equity = PartOf(holding.Equity, owners.Length), Votes = trustees.Length > 0 ? None : PartOf(whole, owners.Length) };
            var others = powers.Except(trustees).Except(trustees.Length > 0 ? [] : owners).ToList();
            foreach (var trustee in trustees)
                yield return holding with { Holder = trustee, Equity = None, Votes = others.Count == 0 ? PartOf(whole, trustees.Length) : whole.UpTo(trustees.Length) };
            foreach (var power in others) yield return holding with { Holder = power, Equity = None, Votes = whole.UpTo(1) with { Share = 0 } };
        }

        private static ShareInterval PartOf(ShareInterval whole, int count) => count == 1 ? whole : whole.UpTo(count);

        private static void Gather(Snapshot snapshot, RelationshipTable ties, string field, int node, SortedSet<(Role Role, int Party)> roles, bool bothWays)
        {
            if (ties.ColumnOf(field) is not { } words) return;
            var (start, end) = ties.In.Range(node);
            for (var place = start; place < end; place++) Add(words.Get(ties.InEdge(place))?.AsString(), ties.In.Target(place));
            if (!bothWays) return;
            (start, end) = ties.Out.Range(node);
            // Publishers turn a link around; towards another arrangement or company it says what the arrangement is to that.
            for (var edge = start; edge < end; edge++)
                if (snapshot.Nodes.TypeOf(ties.Out.Target(edge)).Name == "Person") Add(words.Get(edge)?.AsString(), ties.Out.Target(edge));

            void Add(string? said, int party)
            {
                if (party != node && RoleOf(said) is { } role) roles.Add((role, party));
            }
        }
    }
}
