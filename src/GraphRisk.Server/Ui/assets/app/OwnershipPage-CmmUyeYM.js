import{j as r,E as t}from"./index-Bhm-1q-W.js";function e(){return r.jsx(t,{})}export{e as OwnershipPage};
