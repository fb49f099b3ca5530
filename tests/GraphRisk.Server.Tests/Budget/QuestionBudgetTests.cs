using GraphRisk.Graph.Algorithms;
using GraphRisk.Server.Budget;
using GraphRisk.Server.Security;
using GraphRisk.Server.Tests.Served;

namespace GraphRisk.Server.Tests.Budget;

public sealed class QuestionBudgetTests
{
    [Test]
    public void TheChargeThatGoesOverEndsTheWholeQuestion()
    {
        using var budget = new QuestionBudget(Role.Regulator, new QuestionLimits { Rows = 10 });
        budget.Charge(CostUnit.Rows, 10);
        Assert.That(budget.Exhausted, Is.Null);
        Assert.That(() => budget.Charge(CostUnit.Rows, 1), Throws.InstanceOf<BudgetSpentException>());
        Assert.That(budget.Cancellation.IsCancellationRequested);
        Assert.That(() => budget.Charge(CostUnit.Nodes, 1), Throws.InstanceOf<BudgetSpentException>(), "nothing goes on");
        Assert.That(budget.Exhausted!.Unit, Is.EqualTo("rows"));
    }

    [Test]
    public void EveryUnitButWhatIsSharedAddsToTheWork()
    {
        using var budget = new QuestionBudget(Role.Regulator, new QuestionLimits { Work = 1_000 });
        budget.ForShared.Charge(WorkUnit.Edges, 1_000_000);
        Assert.That(() => budget.Charge(WorkUnit.Steps, 1_001), Throws.InstanceOf<BudgetSpentException>().With.Property("Unit").EqualTo("work"));
    }

    [Test]
    public void AnInstantCountsOnce()
    {
        using var budget = new QuestionBudget(Role.Client, new QuestionLimits { Instants = 2 });
        for (var i = 0; i < 3; i++)
        {
            budget.ChargeInstant(null, null);
            budget.ChargeInstant(ServedGraph.Now, null);
        }

        Assert.That(() => budget.ChargeInstant(ServedGraph.Now, ServedGraph.Now), Throws.InstanceOf<BudgetSpentException>());
    }

    [TestCase(Role.Regulator, true)]
    [TestCase(Role.Analyst, true)]
    [TestCase(Role.Broker, false)]
    [TestCase(Role.Client, false)]
    public void WhatWasSpentIsToldToThoseWhoMayKnow(Role role, bool told)
    {
        using var budget = new QuestionBudget(role, new QuestionLimits());
        Assert.That(budget.Report() is not null, Is.EqualTo(told));
        Assert.That(budget.Error(new BudgetSpentException("edges", 12, 10)).Extensions!.ContainsKey("spent"), Is.EqualTo(told));
    }

    [Test]
    public void EveryRoleHasLimitsAndAShare()
    {
        var options = new BudgetOptions();
        foreach (var role in Enum.GetValues<Role>())
        {
            Assert.That(options.Of(role).Work, Is.GreaterThan(0));
            Assert.That(options.WorkAMinute[role], Is.GreaterThan(options.Of(role).Work));
        }

        Assert.That(options.Of(Role.Client).Instants, Is.LessThan(options.Of(Role.Regulator).Instants));
    }

    [Test]
    public void WorkStopsAtTheNextChargeAfterTheTimeOut()
    {
        // Every simple path of a clique: far more than may be walked. The time is out at the first look at who else waits.
        using var timeOut = new CancellationTokenSource();
        using var budget = new QuestionBudget(Role.Regulator, new QuestionLimits { Work = long.MaxValue, Steps = long.MaxValue }, timeOut.Cancel, timeOut.Token);
        const int Count = 24;
        var holdings = Graph.Algorithms.Ownership.HoldingGraph.Build(Count, from holder in Enumerable.Range(0, Count)
                                                                            from company in Enumerable.Range(0, Count)
                                                                            where holder != company
                                                                            select Graph.Algorithms.Ownership.Holding.Of(holder, company, 0.04m));
        var look = new Graph.Algorithms.Ownership.OwnershipLookThrough(
            holdings, Graph.Algorithms.Ownership.LookThroughParameters.Default with { PathBudget = long.MaxValue });
        Assert.That(
            () => look.OwnersOf(0, Graph.Algorithms.Ownership.OwnershipSemantics.SimplePath, 0, budget), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(budget.Spent(CostUnit.Work), Is.InRange(1_000_000, 1_000_000 + 1_000), "after the time-out not a thousand steps");
    }
}
