using System.Text.Json;
using GraphRisk.Intake.Text;
using GraphRisk.TestKit;

namespace GraphRisk.Intake.Tests.Text;

public sealed class CaseNumberTests
{
    [Test]
    public void TheSharedCasesAreAcceptedAndRefused()
    {
        using var cases = JsonDocument.Parse(File.ReadAllText(SharedData.Require("cases/identifiers.json")));
        var numbers = cases.RootElement.GetProperty("caseNumbers");
        foreach (var accepted in numbers.GetProperty("accept").EnumerateArray())
            Assert.That(CaseNumber.Parse(accepted.GetString()!), Is.Not.Null, accepted.GetString());
        foreach (var refused in numbers.GetProperty("notCaseNumbers").EnumerateArray())
            Assert.That(CaseNumber.FindAll(refused.GetString()!), Is.Empty, refused.GetString());
    }

    [Test]
    public void EveryCourtCodeOfTheDirectoryIsOfTheKnownForm()
    {
        var codes = File.ReadLines(SharedData.Require("data/text/courts.csv")).Skip(1).Select(line => line.Split(',')[1]).Where(code => code.Length > 0).ToList();
        var unread = codes.Where(code => CaseNumber.Parse($"（2021）{code}民初1号")?.Court != code).ToList();
        Assert.That(codes, Has.Count.GreaterThan(3000));
        Assert.That(unread, Is.Empty);
    }

    [TestCase("（2021）京01民初123号", "（2021）京01民初123号")]
    [TestCase("(2023)黔2731执恢130号", "（2023）黔2731执恢130号")]
    [TestCase("【2019】皖1122执1194号", "（2019）皖1122执1194号")]
    [TestCase("〔２０１９〕皖１１２２执１１９４号", "（2019）皖1122执1194号")]
    [TestCase("（2016）粤0304民初18775－18776号之一", "（2016）粤0304民初18775-18776号之一")]
    [TestCase("（2016）粤03民辖终3827、3828号", "（2016）粤03民辖终3827、3828号")]
    [TestCase("（2015）穗云法民四初字第451号", "（2015）穗云法民四初字第451号")]
    [TestCase("（2020）最高法知民终1号", "（2020）最高法知民终1号")]
    public void WritingsOfOneNumberHaveOneNormalForm(string text, string normal) =>
        Assert.That(CaseNumber.Parse(text)?.Text, Is.EqualTo(normal));

    [Test]
    public void ThePartsAreRead()
    {
        var number = CaseNumber.Parse("（2016）粤0304民初18775-18776号之一")!;
        Assert.That((number.Year, number.Court, number.Type, number.Number, number.Suffix), Is.EqualTo((2016, "粤0304", "民初", "18775-18776", "之一")));
    }

    [TestCase("（2021）京01吃喝123号")]
    [TestCase("（2021）X01民初123号")]
    [TestCase("2021京01民初123号")]
    [TestCase("（2021）京01民初号")]
    public void WithoutAKnownCourtAndTypeThereIsNone(string text) => Assert.That(CaseNumber.Parse(text), Is.Null);

    [Test]
    public void PlacesInARunningTextAreThoseOfTheOriginal()
    {
        const string text = "依法送达【２０２４】闽0203民初7858号民事判决书";
        var (number, start, end) = CaseNumber.FindAll(text).Single();
        Assert.That(text[start..end], Is.EqualTo("【２０２４】闽0203民初7858号"));
        Assert.That(number.Text, Is.EqualTo("（2024）闽0203民初7858号"));
    }
}
