namespace GraphRisk.Intake.Text;

/// <summary>
/// The codes of case types (案件类型代字) in case numbers since 2016, after the Supreme People's Court's standard of 2015 and
/// its later additions. Longer codes stand before their beginnings, so that 民辖终 is not read as 民辖.
/// </summary>
internal static class CaseTypes
{
    /// <summary>The codes as alternatives of a regular expression; 知 of the intellectual property court may stand in front.</summary>
    public const string Pattern =
        "知?(?:"
        + "民辖终|民辖监|民辖提|民申监|民特监|民诉前调|民初|民终|民监|民申|民抗|民再|民撤|民特|民催|民督|民破|民算|民认|民辖|民他|民调"
        + "|刑没|刑申|刑监|刑抗|刑再|刑更备|刑更|刑核|刑辖|刑医|刑备|刑止|刑初|刑终|刑他"
        + "|行审复|行审|行赔初|行赔终|行赔申|行赔再|行赔|行初|行终|行监|行申|行抗|行再|行辖|行他"
        + "|委赔监|委赔提|委赔再|委赔|法赔|司救|认台|认港|认澳|认外|认复|请台|请港|请澳|请外"
        + "|执恢|执保|执异|执复|执监|执协|执他|执提|执"
        + "|财保|证保|行保|破申|破终|破监|破|强清监|强清终|强清|清申|清终|清监"
        + "|司惩复|司惩|惩复|惩他|诉前调确|诉前调书|诉前调|诉前保|引调|调确|特监|特|督监|督|催"
        + ")";
}
