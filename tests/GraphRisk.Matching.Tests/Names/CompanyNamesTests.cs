using GraphRisk.Matching.Names;

namespace GraphRisk.Matching.Tests.Names;

public sealed class CompanyNamesTests
{
    [TestCase("上海华信贸易有限公司", "上海华信贸易", "LTD")]
    [TestCase("上海市华信贸易有限责任公司", "上海华信贸易", "LTD")]
    [TestCase("上海華信貿易股份有限公司", "上海华信贸易", "JSC")]
    [TestCase("宁波远航投资合伙企业（有限合伙）", "宁波远航投资", "LP")]
    [TestCase("宁波远航投资合伙企业(有限合伙)", "宁波远航投资", "LP")]
    [TestCase("中信（香港）有限公司", "中信香港", "LTD")]
    [TestCase("上海华信贸易有限公司北京分公司", "上海华信贸易有限公司北京分公司", null)]
    [TestCase("Shanghai Huaxin Trading Co., Ltd.", "shanghai huaxin trading", "LTD")]
    [TestCase("SHANGHAI HUAXIN TRADING COMPANY LIMITED", "shanghai huaxin trading", "LTD")]
    [TestCase("Siemens Aktiengesellschaft", "siemens", "JSC")]
    [TestCase("Faberlic Europe Sp. z o.o.", "faberlic europe", "LTD")]
    [TestCase("Müller GmbH & Co. KG", "muller", "KG")]
    [TestCase("A.B.C. Company", "abc", "COMPANY")]
    [TestCase("OOO Faberlic", "faberlic", "LTD")]
    public void TheFormIsCutOffAndKeptApart(string written, string core, string? form)
    {
        var name = CompanyNames.Normalise(written)!;
        Assert.That((name.Core, name.Form), Is.EqualTo((core, form)));
    }

    [TestCase("LTD", "LTD", false)]
    [TestCase("LTD", "JSC", true)]
    [TestCase("LTD", null, false)]
    [TestCase("COMPANY", "JSC", false)]
    public void OnlyTwoKnownFormsCanContradict(string? left, string? right, bool differ) =>
        Assert.That(LegalForms.Differ(left, right), Is.EqualTo(differ));

    [TestCase("上海华信贸易", "31")]
    [TestCase("内蒙古草原乳业", "15")]
    [TestCase("石家庄远航", "13")]
    [TestCase("华信上海贸易", null)]
    public void TheProvinceIsReadFromThePlaceAtTheHead(string core, string? province) =>
        Assert.That(PlaceNames.ProvinceOf(core), Is.EqualTo(province));
}
