import{j as r,E as t}from"./index-DtMJ0elB.js";function e(){return r.jsx(t,{})}export{e as OwnershipPage};
