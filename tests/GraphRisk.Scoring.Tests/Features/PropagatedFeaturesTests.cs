using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Facts;
using GraphRisk.Market;
using GraphRisk.Market.Networks;
using GraphRisk.Scoring.Features;
using GraphRisk.Scoring.Features.Families;
using GraphRisk.Scoring.Models;
using GraphRisk.TestKit;
using static GraphRisk.Scoring.Tests.Features.FeatureReadings;

namespace GraphRisk.Scoring.Tests.Features;

public class PropagatedFeaturesTests
{
    private const string Ann = "Person/t:ann";
    private const string Bob = "Person/t:bob";
    private const string Cy = "Person/t:cy";
    private static readonly DateOnly Start = FactSketch.Start;
    private static readonly DateOnly Day = new(2024, 6, 30);

    /// <summary>Ann, who has 1,000, answers for 500 of Bob's; Bob, who has 1,000, for 250 of Cy's; Cy defaulted 60 days ago and was cured.</summary>
    private static FactSketch Chain() => new FactSketch().Client(Ann).Client(Bob).Client(Cy)
        .Edge("GUARANTEES", Ann, Bob, Start, null, ("amount", PropertyValue.Of(500m)))
        .Edge("GUARANTEES", Bob, Cy, Start, null, ("amount", PropertyValue.Of(250m)))
        .Event(Cy, Day.AddDays(-60), "DEFAULT").Event(Cy, Day.AddDays(-50), "CURED");

    [Test]
    public void AFailureIsCarriedByItsImpactAndItsAgeIsToldInWindows()
    {
        var read = Read(Chain(), Day, Bob);
        Assert.That(read["carried_debtors_failed_month"], Is.Zero);
        Assert.That(read["carried_debtors_failed_quarter"], Is.EqualTo(0.25f).Within(1e-6));
        Assert.That(read["carried_debtors_failed_year"], Is.EqualTo(0.25f).Within(1e-6));
        Assert.That(Read(Chain(), Day.AddDays(400), Bob)["carried_debtors_failed_year"], Is.Zero);
    }

    [Test]
    public void WhatIsTwoStepsAwayCountsByBothAndNothingLeadsBack()
    {
        Assert.That(Read(Chain(), Day, Ann)["carried_beyond_failed_quarter"], Is.EqualTo(0.125f).Within(1e-6), "half of a quarter");
        var read = Read(Chain().Event(Ann, Day, "DEFAULT"), Day, Ann);
        Assert.That(read["carried_beyond_failed_month"], Is.Zero, "Ann's own default does not come back by Bob, whose guarantor she is");
        Assert.That(Read(Chain().Event(Ann, Day, "DEFAULT"), Day, Cy)["carried_beyond_failed_month"], Is.EqualTo(1), "it reaches Cy by Bob: neither is known to owe");
    }

    /// <summary>Every sum of every client against the plain product of matrices.</summary>
    [Test]
    public void TheSumsAreThoseOfTheMatrices([Range(1, 4)] int seed)
    {
        var market = new MarketReading(DrawnMarket.Draw(seed, 60).At(FactSketch.Start.AddDays(700)));
        var (meter, parties, features) = (WorkMeter.Unlimited, market.Parties, FeatureSet.Open(market));
        var exposed = new double[parties.Count, parties.Count];
        for (var i = 0; i < parties.Count; i++)
            foreach (var exposure in market.Exposures(meter).Of(i)) exposed[i, exposure.To] += exposure.Impact;
        double Step(string step, int i, int j) => step switch
        {
            "debtors" => Sum(i, j, ExposureKind.GuaranteedDebtor),
            "guarantors" => Sum(i, j, ExposureKind.Guarantor),
            "holdings" => Sum(i, j, ExposureKind.HeldCompany) + Sum(i, j, ExposureKind.Holder),
            _ => market.Ties(meter).LinksFrom(parties.NodeOf(i), meter).Any(link => link.To == parties.NodeOf(j)
                && (link.Kind is Graph.Algorithms.Linkage.LinkKind.SharedDevice or Graph.Algorithms.Linkage.LinkKind.SharedAccount) == (step == "devices")) ? 1 : 0,
        };
        double Sum(int i, int j, ExposureKind kind) => market.Exposures(meter).Of(i).ToArray().Where(exposure => exposure.Kind == kind && exposure.To == j).Sum(exposure => (double)exposure.Impact);
        var (all, seen, clients) = (Enumerable.Range(0, parties.Count).ToArray(), 0, parties.Clients());
        var matrix = features.Compute(clients);
        for (var row = 0; row < clients.Length; row++)
        {
            var i = parties.IndexOf(clients[row]);
            for (var signal = 0; signal < PropagatedFeatures.Signals.Count; signal++)
            {
                double Shown(int j) => market.Signals(meter).Of(j)[signal];
                foreach (var step in PropagatedFeatures.Steps) Check(step.Name, all.Sum(j => Step(step.Name, i, j) * Shown(j)));
                Check("beyond", all.Sum(j => PropagatedFeatures.Steps.Sum(step => Step(step.Name, i, j)) * all.Where(k => k != i).Sum(k => exposed[j, k] * Shown(k))));

                void Check(string step, double expected)
                {
                    var name = PropagatedFeatures.NameOf(step, PropagatedFeatures.Signals[signal]);
                    Assert.That(matrix[row, Column(name)], Is.EqualTo(expected).Within(1e-5 * (1 + expected)), name);
                    if (expected > 0) seen++;
                }
            }
        }
        Assert.That(seen, Is.GreaterThan(200));
    }

    [Test]
    public void TheyAreForTheFamilyThatAsksForThemAndNotComputedForOthers()
    {
        var network = ModelFamilies.Named("graph-network");
        var asked = FeatureSet.ColumnsFor(network).Select(column => FeatureSet.Features[column]).ToList();
        Assert.That(asked.Count(feature => feature.Group == FeatureGroup.Propagated), Is.EqualTo(36));
        Assert.That(asked.Where(feature => feature.Group == FeatureGroup.Propagated).Select(feature => feature.Direction), Is.All.EqualTo(1));
        Assert.That(asked.Select(feature => feature.Name), Has.None.EqualTo("failed_debtors"));
        var others = FeatureSet.ColumnsFor(ModelFamilies.Named("mlp"));
        var features = FeatureSet.Open(new MarketReading(Chain().At(Day)));
        var row = features.Compute(features.Parties.Clients().AsSpan(0, 1), columns: others);
        Assert.That(row[0, Column("carried_debtors_distress")], Is.NaN);
        Assert.That(row[0, Column("failed_debtors")], Is.Not.NaN);
    }

    [Test]
    public void CallsFollowWhatAFailedDebtorCannotPay()
    {
        // Bob has 1,000 and owes 2,000 in default; Ann answers for what he lacks up to 600: 600 of her 1,000.
        var market = new FactSketch().Client(Ann).Client(Bob).Margin(Bob, Start, 2000, 0.5m).Event(Bob, Day, "DEFAULT")
            .Edge("GUARANTEES", Ann, Bob, Start, null, ("amount", PropertyValue.Of(600m)));
        Assert.That(Read(market, Day, Ann)["guarantee_calls"], Is.EqualTo(0.6f).Within(1e-6));
        Assert.That(Read(market, Day, Ann)["calls_unpaid"], Is.Zero, "she can pay");
        // Were 800 of her 1,000 owed, she could pay 200 of the call: 400 of 800 + 600 stay unpaid.
        Assert.That(Read(market.Margin(Ann, Start, 800, 1.25m), Day, Ann)["calls_unpaid"], Is.EqualTo(400f / 1400).Within(1e-6));
        Assert.That(Read(market, Day.AddDays(-1), Ann)["guarantee_calls"], Is.Zero, "Bob has not failed yet, and is taken to pay");
    }

    private static int Column(string name) => FeatureSet.Features.Select(feature => feature.Name).ToList().IndexOf(name);
}
