using GraphRisk.Intake.Text;

namespace GraphRisk.Intake.Tests.Text;

public sealed class MoneyAmountTests
{
    [TestCase("偿还本金６８８０９９８．１３元及利息", 6880998.13, "CNY", Precision.Exact)]
    [TestCase("罚款78万元", 780000, "CNY", Precision.Exact)]
    [TestCase("人民币1,234,567.89元", 1234567.89, "CNY", Precision.Exact)]
    [TestCase("人民币贰佰玖拾贰万伍仟元整", 2925000, "CNY", Precision.Exact)]
    [TestCase("叁佰元伍角贰分", 300.52, "CNY", Precision.Exact)]
    [TestCase("3亿5000万元", 350000000, "CNY", Precision.Exact)]
    [TestCase("约500余万美元", 5000000, "USD", Precision.About)]
    [TestCase("500余万港元", 5000000, "HKD", Precision.AtLeast)]
    [TestCase("10万元以上", 100000, "CNY", Precision.AtLeast)]
    [TestCase("1.5亿元", 150000000, "CNY", Precision.Exact)]
    public void AnAmountIsReadWithCurrencyAndPrecision(string text, decimal value, string currency, Precision precision)
    {
        var amount = MoneyAmount.FindAll(text).Single();
        Assert.That((amount.Value, amount.Currency, amount.Precision), Is.EqualTo((value, currency, precision)));
    }

    [TestCase("（2023）黔2731执恢130号")]
    [TestCase("持股达到百分之五")]
    [TestCase("票号26968845")]
    [TestCase("十五日内")]
    public void ANumberWithoutAUnitOfMoneyIsNoAmount(string text) => Assert.That(MoneyAmount.FindAll(text), Is.Empty);

    [Test]
    public void ThePlaceIsThatOfTheAmount()
    {
        const string text = "并处以78万元罚款；二、处以39万元罚款";
        Assert.That(MoneyAmount.FindAll(text).Select(amount => text[amount.Start..amount.End]), Is.EqualTo(new[] { "78万元", "39万元" }));
    }
}
