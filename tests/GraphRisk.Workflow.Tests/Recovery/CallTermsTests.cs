using GraphRisk.Market.Calendar;
using GraphRisk.Market.Lending;
using GraphRisk.Workflow.Recovery;

namespace GraphRisk.Workflow.Tests.Recovery;

public sealed class CallTermsTests
{
    private static readonly DateOnly Day = new(2025, 9, 29);

    // 130% of 100 is touched at 130; 140% is restored by 10. The second trading day after 29 September 2025 comes after the holidays.
    [TestCase(130, "10", "2025-10-09")]
    [TestCase(129.999, "10.01", "2025-10-09")]
    [TestCase(110.001, "30", "2025-10-09")]
    [TestCase(110, "30", "2025-09-29")]
    public void AMarginContractIsCalledAtItsLineAndAtOnceAtTheClosingLine(double assets, string amount, string due)
    {
        var terms = Of(ContractKind.Margin, (decimal)assets, 100m, 1.3m, 1.1m)!;
        Assert.That((terms.Amount, terms.DueOn, terms.RestoreTo, terms.Consequence), Is.EqualTo((decimal.Parse(amount), DateOnly.Parse(due), 1.4m, CallConsequence.Disposal)));
    }

    [TestCase(160, "0.01")]
    [TestCase(159.999, "0.01")]
    [TestCase(159.99, "0.02")]
    [TestCase(150, "10.01")]
    public void APledgeIsRestoredAboveItsOwnLine(double assets, string amount)
    {
        var terms = Of(ContractKind.Pledge, (decimal)assets, 100m, 1.6m, 1.4m)!;
        Assert.That((terms.Amount, terms.RestoreTo, terms.Consequence), Is.EqualTo((decimal.Parse(amount), 1.6m, CallConsequence.Default)));
        var restored = Contract(ContractKind.Pledge, (decimal)assets + terms.Amount, 100m, 1.6m, 1.4m);
        Assert.That(CallTerms.IsRestored(restored, terms.RestoreTo), "what is asked for is enough");
        Assert.That(CallTerms.IsRestored(restored with { Coverage = restored.Coverage with { Assets = restored.Coverage.Assets - 0.01m } }, terms.RestoreTo), Is.False, "and a fen less is not");
    }

    [Test]
    public void ALineAboveTheCommonOneIsRestoredItself() => Assert.That(Of(ContractKind.Margin, 150m, 100m, 1.5m, 1.3m)!.RestoreTo, Is.EqualTo(1.5m));

    [Test]
    public void NobodyIsCalledAboveTheLineWithoutOneWithoutDebtOrAfterTheEnd()
    {
        Assert.That(Of(ContractKind.Margin, 130.01m, 100m, 1.3m, 1.1m), Is.Null);
        Assert.That(Of(ContractKind.Repo, 1m, 100m, null, null), Is.Null);
        Assert.That(Of(ContractKind.Margin, 0m, 0m, 1.3m, 1.1m), Is.Null);
        Assert.That(Of(ContractKind.Margin, 1m, 100m, 1.3m, 1.1m, ContractStatus.Closed), Is.Null);
    }

    [Test]
    public void ATermBeyondTheCalendarIsAnError() =>
        Assert.That(() => CallTerms.Of(Contract(ContractKind.Margin, 120m, 100m, 1.3m, 1.1m), new MarginLines(), new RecoveryPolicy(), new DateOnly(2026, 12, 31), WorkingCalendar.China), Throws.TypeOf<YearWithoutCalendarException>());

    private static CallTerms? Of(ContractKind kind, decimal assets, decimal debt, decimal? call, decimal? closing, ContractStatus status = ContractStatus.Open) =>
        CallTerms.Of(Contract(kind, assets, debt, call, closing, status), new MarginLines(), new RecoveryPolicy(), Day, WorkingCalendar.China);

    private static Contract Contract(ContractKind kind, decimal assets, decimal debt, decimal? call, decimal? closing, ContractStatus status = ContractStatus.Open) =>
        new(7, kind, status, new Coverage(assets, debt), call, closing, null, null);
}
