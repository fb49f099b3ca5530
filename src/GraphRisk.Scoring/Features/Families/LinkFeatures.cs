using GraphRisk.Graph.Snapshots;
using GraphRisk.Scoring.Features.Books;
using static GraphRisk.Scoring.Features.FeatureUnit;

namespace GraphRisk.Scoring.Features.Families;

/// <summary>Ties that carry no amount: a device used in common, offices, kinship, agreements to act in concert.</summary>
internal sealed class LinkFeatures : FeatureFamily<LinkFeatures.Facts>
{
    /// <summary>A device signed in to more accounts than this is a public place, not a tie.</summary>
    private const int PublicPlace = 50;

    /// <param name="Count">Other parties tied.</param>
    /// <param name="Heat">Their greatest heat.</param>
    /// <param name="Stress">Their greatest stress.</param>
    internal readonly record struct Circle(int Count, double Heat, double Stress);

    internal readonly record struct Facts(Circle Devices, Circle Offices, Circle Agreements);

    private static readonly string[] DeviceInputs = ["SIGNED_IN", "OWNS_ACCOUNT"];
    private static readonly string[] OfficeInputs = ["OFFICER_OF", "RELATED_TO"];
    private static readonly string[] AgreementInputs = ["BOUND_BY"];

    protected override IReadOnlyList<(Feature Feature, Func<Facts, double> Value)> Table { get; } =
    [
        (Define("device_parties", "Others on the same devices", Count, 0, DeviceInputs), f => f.Devices.Count),
        (Define("device_defaults", "Recent default of another on the same device", Level, 1, DeviceInputs), f => f.Devices.Heat),
        (Define("device_stress", "Greatest stress of another on the same device", Level, 1, DeviceInputs), f => f.Devices.Stress),
        (Define("office_parties", "Companies served, officers, relatives", Count, 0, OfficeInputs), f => f.Offices.Count),
        (Define("office_defaults", "Recent default among companies served, officers, relatives", Level, 1, OfficeInputs), f => f.Offices.Heat),
        (Define("office_stress", "Greatest stress among companies served, officers, relatives", Level, 1, OfficeInputs), f => f.Offices.Stress),
        (Define("concert_parties", "Parties acting in concert", Count, 0, AgreementInputs), f => f.Agreements.Count),
        (Define("concert_defaults", "Recent default of a party acting in concert", Level, 1, AgreementInputs), f => f.Agreements.Heat),
    ];

    protected override Func<int, int, Facts> Gather(MarketBooks books)
    {
        var offices = books.Snapshot.Relationship("OFFICER_OF");
        var kin = books.Snapshot.Relationship("RELATED_TO");
        var agreements = books.Snapshot.Relationship("BOUND_BY");
        var others = new HashSet<int>();
        return (node, _) =>
        {
            others.Clear();
            AddOnSameDevices(books.Snapshot, node, others);
            var byDevice = Describe(books, node, others);

            others.Clear();
            foreach (var csr in new[] { offices.Out, offices.In, kin.Out, kin.In })
                Add(csr.Neighbours(node), others);
            var byOffice = Describe(books, node, others);

            others.Clear();
            foreach (var agreement in agreements.Out.Neighbours(node))
                Add(agreements.In.Neighbours(agreement), others);
            return new Facts(byDevice, byOffice, Describe(books, node, others));
        };
    }

    /// <summary>Adds the owners of all accounts that share a device with one of the party's, the party itself among them.</summary>
    internal static void AddOnSameDevices(Snapshot snapshot, int node, HashSet<int> into)
    {
        var accounts = snapshot.Relationship("OWNS_ACCOUNT");
        var devices = snapshot.Relationship("SIGNED_IN");
        foreach (var account in accounts.Out.Neighbours(node))
            foreach (var device in devices.In.Neighbours(account))
                AddOwners(devices.Out, accounts.In, device, into);
    }

    private static void AddOwners(Csr signedIn, Csr owners, int device, HashSet<int> into)
    {
        if (signedIn.Degree(device) > PublicPlace)
            return;
        foreach (var account in signedIn.Neighbours(device))
            Add(owners.Neighbours(account), into);
    }

    private static void Add(ReadOnlySpan<int> nodes, HashSet<int> into)
    {
        foreach (var node in nodes)
            into.Add(node);
    }

    private static Circle Describe(MarketBooks books, int self, HashSet<int> others)
    {
        others.Remove(self);
        double heat = 0, stress = 0;
        foreach (var other in others)
        {
            var party = books.Parties.IndexOf(other);
            heat = Math.Max(heat, books.Stress.Heat[party]);
            stress = Math.Max(stress, books.Stress.Stress[party]);
        }
        return new Circle(others.Count, heat, stress);
    }

    private static Feature Define(string name, string title, FeatureUnit unit, int direction, string[] inputs) =>
        new(name, title, FeatureGroup.Links, unit, direction, "never missing: no tie counts as 0",
            [.. inputs, "CreditEvent.kind", "MarginContract.maintenanceRatio", "PledgeContract.performanceRatio"]);
}
