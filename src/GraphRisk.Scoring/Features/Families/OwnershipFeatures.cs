using GraphRisk.Scoring.Features.Books;
using GraphRisk.Scoring.Features.Reading;
using static GraphRisk.Scoring.Features.FeatureUnit;

namespace GraphRisk.Scoring.Features.Families;

/// <summary>Trouble of companies the client holds, of those who hold the client, and of its group under common control.</summary>
internal sealed class OwnershipFeatures : FeatureFamily<OwnershipFeatures.Facts>
{
    internal readonly record struct Facts(Pressure FromHeld, Pressure FromHolders, int GroupSize, double GroupDebt, double GroupHeat);

    protected override IReadOnlyList<(Feature Feature, Func<Facts, double> Value)> Table { get; } =
    [
        (Define("held_companies", "Companies the client holds a part of", Count, 0), f => f.FromHeld.Ties),
        (Define("holders", "Holders of the client", Count, 0), f => f.FromHolders.Ties),
        (Define("held_defaults", "Recent defaults of companies held, by share", Level, 1), f => f.FromHeld.Heat),
        (Define("held_stress", "Stress of companies held, by share", Level, 1), f => f.FromHeld.Stress),
        (Define("holder_defaults", "Recent defaults of holders, by share", Level, 1), f => f.FromHolders.Heat),
        (Define("holder_stress", "Stress of holders, by share", Level, 1), f => f.FromHolders.Stress),
        (Define("ownership_chain_defaults", "Recent defaults one step beyond the holdings", Level, 1),
            f => f.FromHeld.Next + f.FromHolders.Next),
        (Define("group_size", "Parties in the group under common control", Count, 0), f => f.GroupSize),
        (Define("group_debt", "Financing debt of the rest of the group", LogYuan, 0), f => Numbers.LogOnePlus(f.GroupDebt)),
        (Define("group_defaults", "Recent defaults in the rest of the group", Level, 1), f => f.GroupHeat),
    ];

    protected override Func<int, int, Facts> Gather(MarketBooks books) => (_, party) => new Facts(
        Pressure.On(party, Channel.HeldCompany, books.Links, books.Stress),
        Pressure.On(party, Channel.Holder, books.Links, books.Stress),
        books.Groups.SizeOf(party), books.Groups.DebtOfOthers(party, books.Contracts), books.Groups.HeatOfOthers(party, books.Stress));

    private static Feature Define(string name, string title, FeatureUnit unit, int direction) =>
        new(name, title, FeatureGroup.Ownership, unit, direction, "never missing: no holding counts as 0",
        [
            "HOLDS.share", "HOLDS.votes", "CreditEvent.kind", "CreditEvent.occurredOn", "MarginContract.debt",
            "MarginContract.maintenanceRatio", "PledgeContract.performanceRatio", "Company.totalAssets",
        ]);
}
